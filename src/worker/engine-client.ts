/** The page's end of the engine worker: starts it, notices when it crashes, and starts it again. */
import { proxy, type Remote, releaseProxy, transfer, wrap } from 'comlink';
import type { Listener } from './messenger';
import type { EngineApi, SourceRequest } from './protocol';

/** The engine as the page sees it: the calls of `EngineApi`, without the worker in between. */
export type Engine = Omit<EngineApi, 'listen' | 'load' | 'open'> & {
  load(backend: Parameters<EngineApi['load']>[0]): ReturnType<EngineApi['load']>;
  /** `moved` are transferred into the worker: streams and ports. */
  open(request: SourceRequest, moved?: Transferable[]): ReturnType<EngineApi['open']>;
};

export interface EngineClient {
  readonly engine: Engine;
  dispose(): void;
}

export interface ClientEvents {
  listener: Listener;
  /** The worker is gone and a fresh, empty one stands ready: load, open and set the scene again. Calls under way have been rejected. */
  onCrash(why: string): void;
}

/** Start the worker. `assets`: address, ending in '/', below which models/ and wasm/ are served. */
export function createEngineClient(assets: string, events: ClientEvents): EngineClient {
  let worker: Worker;
  let remote: Remote<EngineApi>;
  let rejectCalls: (why: Error) => void = () => undefined;
  /** Rejects when the present worker crashes. */
  let crashed: Promise<never>;

  function start(): void {
    worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' });
    remote = wrap<EngineApi>(worker);
    crashed = new Promise((_, reject) => {
      rejectCalls = reject;
    });
    crashed.catch(() => undefined);
    worker.onerror = (event) => {
      event.preventDefault();
      crash(event.message || 'unknown reason');
    };
    void remote.listen(proxy(events.listener));
  }

  function crash(why: string): void {
    worker.terminate();
    rejectCalls(new Error(`The analysis stopped unexpectedly (${why}) and is being started again.`));
    start();
    events.onCrash(why);
  }

  /** The call's answer, or the crash that keeps it from coming. */
  const unlessCrashed = <T>(answer: Promise<T>) => Promise.race([answer, crashed]);

  start();
  return {
    engine: {
      load: (backend) => unlessCrashed(remote.load(backend, assets)),
      open: (request, moved = []) => unlessCrashed(remote.open(transfer(request, moved))),
      setScene: (scene) => unlessCrashed(remote.setScene(scene)),
      learn: (plan) => unlessCrashed(remote.learn(plan)),
      cancelLearning: () => unlessCrashed(remote.cancelLearning()),
      watch: () => unlessCrashed(remote.watch()),
      pause: (why) => unlessCrashed(remote.pause(why)),
      resume: () => unlessCrashed(remote.resume()),
      stop: () => unlessCrashed(remote.stop()),
      setAlertBudget: (perHour) => unlessCrashed(remote.setAlertBudget(perHour)),
    },
    dispose() {
      remote[releaseProxy]();
      worker.terminate();
    },
  };
}

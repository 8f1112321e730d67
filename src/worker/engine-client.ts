/** The page's end of the engine worker: starts it, notices when it crashes, and starts it again. */
import { proxy, type Remote, releaseProxy, transfer, wrap } from 'comlink';
import type { Listener } from './messenger';
import type { EngineApi, EngineWorkerApi, SourceRequest } from './protocol';
import type { TensorPool } from './tensor-pool';

/** The engine as the page sees it: the calls of `EngineApi`, without the worker in between. */
export type Engine = Omit<EngineApi, 'listen' | 'load' | 'open'> & {
  load(backend: Parameters<EngineApi['load']>[0], detector: string): ReturnType<EngineApi['load']>;
  /** `moved` are transferred into the worker: streams and ports. */
  open(request: SourceRequest, moved?: Transferable[]): ReturnType<EngineApi['open']>;
};

export interface EngineClient {
  readonly engine: Engine;
  dispose(): void;
}

export interface ClientEvents {
  listener: Listener;
  /** The worker is gone; the next call starts a fresh, empty one: load, open and set the scene again. Calls under way have been rejected. */
  onCrash(why: string): void;
}

/** A running worker, and what its crash does to the calls under way. */
interface Running {
  worker: Worker;
  remote: Remote<EngineWorkerApi>;
  /** Rejects when the worker crashes. */
  crashed: Promise<never>;
}

/**
 * Workers are started at the first call and, after a crash, at the next one: a worker that cannot start is tried as often
 * as it is asked for. `assets`: address, ending in '/', below which models/ and wasm/ are served. `tensors` may serve other engines too.
 */
export function createEngineClient(assets: string, tensors: TensorPool, events: ClientEvents): EngineClient {
  let running: Running | null = null;
  const seats = tensors.seats();

  function start(): Running {
    const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' });
    const crashed = new Promise<never>((_, reject) => {
      worker.onerror = (event) => {
        event.preventDefault();
        worker.terminate();
        seats.leaveAll();
        running = null;
        const why = event.message || 'unknown reason';
        reject(new Error(`The analysis stopped unexpectedly (${why}).`));
        events.onCrash(why);
      };
    });
    crashed.catch(() => undefined);
    const remote = wrap<EngineWorkerApi>(worker);
    void remote.giveSeats(proxy(seats));
    void remote.listen(proxy(events.listener));
    return { worker, remote, crashed };
  }

  /** The call's answer, or the crash that keeps it from coming. */
  function ask<T>(call: (remote: Remote<EngineWorkerApi>) => Promise<T>): Promise<T> {
    running ??= start();
    return Promise.race([call(running.remote), running.crashed]);
  }

  return {
    engine: {
      load: (backend, detector) => ask((remote) => remote.load(backend, detector, assets)),
      chooseDetector: (name) => ask((remote) => remote.chooseDetector(name)),
      open: (request, moved = []) => ask((remote) => remote.open(transfer(request, moved))),
      setScene: (scene) => ask((remote) => remote.setScene(scene)),
      learn: (plan) => ask((remote) => remote.learn(plan)),
      cancelLearning: () => ask((remote) => remote.cancelLearning()),
      watch: (footage) => ask((remote) => remote.watch(footage)),
      pause: (why) => ask((remote) => remote.pause(why)),
      resume: () => ask((remote) => remote.resume()),
      stop: () => ask((remote) => remote.stop()),
      setAlertOptions: (options) => ask((remote) => remote.setAlertOptions(options)),
      showAttention: (shown) => ask((remote) => remote.showAttention(shown)),
    },
    dispose() {
      running?.remote[releaseProxy]();
      running?.worker.terminate();
      seats.leaveAll();
      running = null;
    },
  };
}

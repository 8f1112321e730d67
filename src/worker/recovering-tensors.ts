/**
 * The models of a detector that outlive their worker: a lost graphics device or a crash loses neither tracks nor scene.
 *
 *   starting ──► running ──lost──► rebuilding ──► running
 *                                      └── lost 4 times within a minute ──► given up
 *
 * The worker may serve other sources too; each of them finds out for itself that it is lost.
 * What was under way when the worker was lost is done again by the next one. Searches for objects: live detectors meanwhile
 * go on without new objects, pulled ones wait. Networks: everyone waits, and the network begins anew, as after a reset.
 * WebGPU lost twice within a minute is replaced by WebAssembly.
 */
import type { Found, LearnedScene, NetworkTensors, ObjectFinder } from '../detectors/detector';
import type { NetworkOutput } from '../detectors/network-runner';
import type { StreamInputs } from '../detectors/streams/stream-inputs';
import type { BackendChoice, BackendInfo } from '../engine/backend';
import { createRateMeter } from '../engine/rate-meter';
import type { Frame } from '../media/frame';

/** Of a search that failed. */
const NOTHING: Found = { objects: [], patches: null };

/** A worker with a detector's models in it, or a stand-in. What it has not loaded rejects. */
export interface TensorHost {
  readonly info: BackendInfo;
  readonly embeddingSize: number;
  /** What comes with the network's weights; see `NetworkTensors`. */
  readonly shipped: LearnedScene | null;
  /** Tensors alive after the last search or step. */
  readonly tensors: number;
  find(frame: Frame): Promise<Found>;
  /** Compile the object finder for frames of this size. */
  prepare(width: number, height: number): Promise<void>;
  /** One frame of the network, the first of a clip where it `begins`. */
  step(inputs: StreamInputs, begins: boolean): Promise<NetworkOutput>;
  fitMotion: NetworkTensors['fitMotion'];
  /** Resolves with a sentence when the device is lost or the worker has crashed. */
  readonly lost: Promise<string>;
  /** `broken`: it was lost or failed, so that the next host must be another worker. */
  dispose(broken: boolean): void;
}

export type StartHost = (
  choice: BackendChoice,
  onProgress: (fraction: number, step: string) => void,
) => Promise<TensorHost>;

export interface TensorEvents {
  onProgress(fraction: number, step: string): void;
  onRebuilding(why: string): void;
  onRebuilt(info: BackendInfo): void;
  /** Called once: these models answer no more; dispose them and create others. */
  onGivenUp(error: TensorsGaveUpError): void;
}

/** The models were lost too often, or could not be started again. */
export class TensorsGaveUpError extends Error {
  override name = 'TensorsGaveUpError';
}

export interface RecoveringTensors {
  readonly info: BackendInfo;
  readonly tensors: number;
  /** Searches per second over the last seconds. */
  keyFps(): number;
  prepare(width: number, height: number): Promise<void>;
  /** The finder for one detector; see `ObjectFinder.wait`. Disposing it leaves the worker running. */
  finder(wait: boolean): ObjectFinder;
  /** The network for one detector, at the beginning of a clip. Disposing it leaves the worker running. */
  network(): NetworkTensors;
  dispose(): void;
}

const LOSSES_KEPT_MS = 60_000;

/** Start the first host; rejects where it cannot be started (BackendError, or the model files are missing). */
export async function createRecoveringTensors(
  start: StartHost,
  choice: BackendChoice,
  events: TensorEvents,
  now = () => performance.now(),
): Promise<RecoveringTensors> {
  const searches = createRateMeter();
  let losses: number[] = [];
  let disposed = false;
  let host = await start(choice, events.onProgress);
  /** The host in use, or the one being rebuilt. */
  let current: Promise<TensorHost> = Promise.resolve(host);
  /** Hosts that were lost or have failed; the one in use is among them until the next one runs. */
  const gone = new WeakSet<TensorHost>();
  /** Work under way; one list, since a promise for the loss would keep all that ever waited on it. */
  const underWay = new Set<(why: string) => void>();
  watchOver(host);

  function watchOver(watched: TensorHost) {
    void watched.lost.then((why) => {
      rebuild(watched, why);
      for (const lose of underWay) lose(why);
    });
  }

  /** Replace a host once, however many calls and watchers report its loss. */
  function rebuild(lost: TensorHost, why: string) {
    if (disposed || gone.has(lost)) return;
    gone.add(lost);
    lost.dispose(true);
    losses = [...losses.filter((time) => now() - time < LOSSES_KEPT_MS), now()];
    if (losses.length >= 4) {
      return giveUp(why);
    }
    events.onRebuilding(why);
    const next = losses.length >= 2 && host.info.backend === 'webgpu' ? 'wasm' : choice;
    current = start(next, () => undefined).then((rebuilt) => {
      host = rebuilt;
      if (disposed) rebuilt.dispose(false);
      else watchOver(rebuilt);
      events.onRebuilt(rebuilt.info);
      return rebuilt;
    });
    current.catch((error: Error) => !disposed && giveUp(error.message));
  }

  function giveUp(why: string) {
    const error = new TensorsGaveUpError(
      `The analysis has lost its models again and again (${why}). Open the source again to start anew; if that fails, reload the page.`,
    );
    current = Promise.reject(error);
    current.catch(() => undefined);
    events.onGivenUp(error);
  }

  async function onHost<T>(work: (host: TensorHost) => Promise<T>): Promise<T> {
    for (;;) {
      const used = await current;
      const outcome = await unlessLost(work(used));
      if ('value' in outcome) return outcome.value;
      rebuild(used, outcome.why);
    }
  }

  function unlessLost<T>(work: Promise<T>): Promise<{ value: T } | { why: string }> {
    return new Promise((resolve) => {
      const lose = (why: string) => {
        underWay.delete(lose);
        resolve({ why });
      };
      underWay.add(lose);
      work.then(
        (value) => {
          underWay.delete(lose);
          resolve({ value });
        },
        (error: unknown) => lose(error instanceof Error ? error.message : String(error)),
      );
    });
  }

  return {
    get info() {
      return host.info;
    },
    get tensors() {
      return host.tensors;
    },
    keyFps: () => searches.rate(now()),
    prepare: (width, height) => onHost((used) => used.prepare(width, height)),
    finder: (wait) => ({
      embeddingSize: host.embeddingSize,
      wait,
      async find(frame) {
        const search = onHost((used) => used.find(frame));
        // A live detector does not wait, so nobody would hear of the failure; `onGivenUp` tells of it.
        const found = await (wait ? search : search.catch(() => NOTHING));
        searches.count(now());
        return found;
      },
      dispose() {},
    }),
    network() {
      let begins = true;
      return {
        shipped: host.shipped,
        async step(inputs) {
          const first = begins;
          begins = false;
          return onHost((used) => used.step(inputs, first));
        },
        reset() {
          begins = true;
        },
        fitMotion: (rows, seed) => onHost((used) => used.fitMotion(rows, seed)),
        dispose() {},
      };
    },
    dispose() {
      disposed = true;
      if (!gone.has(host)) host.dispose(false);
    },
  };
}

/**
 * The object finder that outlives its worker: a lost graphics device or a crash loses neither tracks nor scene.
 *
 *   starting ──► running ──lost──► rebuilding ──► running
 *                                      └── lost 4 times within a minute ──► given up
 *
 * A search under way when the worker is lost is done again by the next one: live detectors meanwhile go on without new
 * objects, pulled ones wait. WebGPU lost twice within a minute is replaced by WebAssembly.
 */
import type { FoundObject, ObjectFinder } from '../detectors/detector';
import type { BackendChoice, BackendInfo } from '../engine/backend';
import { createRateMeter } from '../engine/rate-meter';
import type { Frame } from '../media/frame';

/** A worker with CenterNet in it, or a stand-in. */
export interface ObjectHost {
  readonly info: BackendInfo;
  readonly embeddingSize: number;
  /** Tensors alive after the last search. */
  readonly tensors: number;
  find(frame: Frame): Promise<FoundObject[]>;
  /** Compile for frames of this size. */
  prepare(width: number, height: number): Promise<void>;
  /** Resolves with a sentence when the device is lost or the worker has crashed. */
  readonly lost: Promise<string>;
  dispose(): void;
}

export type StartHost = (
  choice: BackendChoice,
  onProgress: (fraction: number, step: string) => void,
) => Promise<ObjectHost>;

export interface FinderEvents {
  onProgress(fraction: number, step: string): void;
  onRebuilding(why: string): void;
  onRebuilt(info: BackendInfo): void;
  /** Called once: this finder finds no objects any more; dispose it and create another. */
  onGivenUp(error: FinderGaveUpError): void;
}

/** The object finder was lost too often, or could not be started again. */
export class FinderGaveUpError extends Error {
  override name = 'FinderGaveUpError';
}

export interface RecoveringFinder {
  readonly info: BackendInfo;
  readonly tensors: number;
  /** Searches per second over the last seconds. */
  keyFps(): number;
  prepare(width: number, height: number): Promise<void>;
  /** The finder for one detector; see `ObjectFinder.wait`. Disposing it leaves the worker running. */
  finder(wait: boolean): ObjectFinder;
  dispose(): void;
}

const LOSSES_KEPT_MS = 60_000;

/** Start the first host; rejects where it cannot be started (BackendError, or the model files are missing). */
export async function createRecoveringFinder(
  start: StartHost,
  choice: BackendChoice,
  events: FinderEvents,
  now = () => performance.now(),
): Promise<RecoveringFinder> {
  const searches = createRateMeter();
  let losses: number[] = [];
  let disposed = false;
  let host = await start(choice, events.onProgress);
  /** The host in use, or the one being rebuilt. */
  let current: Promise<ObjectHost> = Promise.resolve(host);
  /** Searches under way; one list, since a promise for the loss would keep every search that ever waited on it. */
  const searching = new Set<(why: string) => void>();
  watchOver(host);

  function watchOver(watched: ObjectHost) {
    void watched.lost.then((why) => {
      rebuild(watched, why);
      for (const lose of searching) lose(why);
    });
  }

  /** Replace a host once, however many searches and watchers report its loss. */
  function rebuild(lost: ObjectHost, why: string) {
    if (disposed || lost !== host) return;
    lost.dispose();
    losses = [...losses.filter((time) => now() - time < LOSSES_KEPT_MS), now()];
    if (losses.length >= 4) {
      return giveUp(why);
    }
    events.onRebuilding(why);
    const next = losses.length >= 2 && host.info.backend === 'webgpu' ? 'wasm' : choice;
    current = start(next, () => undefined).then((rebuilt) => {
      host = rebuilt;
      if (disposed) rebuilt.dispose();
      else watchOver(rebuilt);
      events.onRebuilt(rebuilt.info);
      return rebuilt;
    });
    current.catch((error: Error) => !disposed && giveUp(error.message));
  }

  function giveUp(why: string) {
    const error = new FinderGaveUpError(
      `Objects cannot be found any more (${why}). Open the source again to start anew; if that fails, reload the page.`,
    );
    current = Promise.reject(error);
    current.catch(() => undefined);
    events.onGivenUp(error);
  }

  async function onHost<T>(work: (host: ObjectHost) => Promise<T>): Promise<T> {
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
        searching.delete(lose);
        resolve({ why });
      };
      searching.add(lose);
      work.then(
        (value) => {
          searching.delete(lose);
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
        const objects = await (wait ? search : search.catch(() => []));
        searches.count(now());
        return objects;
      },
      dispose() {},
    }),
    dispose() {
      disposed = true;
      host.dispose();
    },
  };
}

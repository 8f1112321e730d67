/** The plaza as a source like any other: paced like a camera for the demo, pulled for tests and files. */
import type { Frame, FrameSource } from '../frame';
import { createPlaza, type PlazaOptions } from './plaza';

export interface SyntheticOptions extends PlazaOptions {
  /** 'realtime': like a camera, frames that nobody takes in time are dropped. 'pulled' (unless told): as fast as taken, none dropped. */
  pace?: 'realtime' | 'pulled';
}

/**
 * Frames of the plaza. At 'realtime' it keeps one slot, the newest due frame: it is drawn only when taken, and those
 * that came due meanwhile count as dropped. Throws a RangeError on options that cannot be drawn.
 */
export function syntheticSource(options: SyntheticOptions = {}): FrameSource {
  const { pace = 'pulled' } = options;
  const plaza = createPlaza(options);
  const ended = new AbortController();
  const live = pace === 'realtime';
  let dropped = 0;
  return {
    info: { ...plaza.info, live },
    get dropped() {
      return dropped;
    },
    dispose: () => ended.abort(),
    async *[Symbol.asyncIterator](): AsyncGenerator<Frame> {
      const startMs = performance.now();
      const count =
        plaza.info.durationS === null ? Number.POSITIVE_INFINITY : Math.ceil(plaza.info.durationS * plaza.fps - 1e-9);
      for (let index = 0; index < count && !ended.signal.aborted; index++) {
        if (live) {
          const due = await dueFrame(index, startMs, plaza.fps, ended.signal);
          dropped += Math.min(due, count - 1) - index;
          index = Math.min(due, count - 1);
          if (ended.signal.aborted) return;
        }
        yield plaza.frameAt(index).frame;
      }
    },
  };
}

/** Waits until frame `index` is due and returns the newest that is. */
async function dueFrame(index: number, startMs: number, fps: number, ended: AbortSignal): Promise<number> {
  const waitMs = startMs + (index * 1000) / fps - performance.now();
  if (waitMs > 0) await delay(waitMs, ended);
  return Math.max(index, Math.floor(((performance.now() - startMs) * fps) / 1000));
}

/** Resolves after so many milliseconds, or at once when `ended` fires. */
function delay(ms: number, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (ended.aborted) return resolve();
    const finish = () => {
      clearTimeout(timer);
      ended.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    ended.addEventListener('abort', finish);
  });
}

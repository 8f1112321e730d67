/** A source's frames, handed to one consumer after another without ending the source in between. */
import type { Frame, FrameSource } from '../media/frame';

export interface FrameFeed {
  /**
   * The next frame; null at the source's end, or as soon as the signal is aborted. An abort loses no frame: the next
   * call gets it. Rejects where the source fails. One call at a time.
   */
  next(signal: AbortSignal): Promise<Frame | null>;
}

/** A source can be iterated once; a camera is first shown, then learned, then watched. */
export function createFrameFeed(source: FrameSource): FrameFeed {
  const iterator = source[Symbol.asyncIterator]();
  let pending: Promise<IteratorResult<Frame>> | null = null;
  return {
    async next(signal) {
      if (signal.aborted) return null;
      pending ??= iterator.next();
      const result = await unlessAborted(pending, signal);
      if (result === null) return null;
      pending = null;
      return result.done ? null : result.value;
    },
  };
}

/** The promise's value, or null once the signal is aborted; leaves no listener behind. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(null);
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

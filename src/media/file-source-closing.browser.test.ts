import { expect, it, vi } from 'vitest';
import { openFileSource } from './file-source';
import { evenTimes, makeClip } from './test-clip';

/** Counts the video frames that a decoder made and that nobody closed. */
function countOpenFrames() {
  const made = new Set<VideoFrame>();
  const OriginalDecoder = VideoDecoder;
  vi.stubGlobal(
    'VideoDecoder',
    class extends OriginalDecoder {
      constructor(init: VideoDecoderInit) {
        const output = (frame: VideoFrame) => {
          made.add(frame);
          init.output(frame);
        };
        super({ ...init, output });
      }
    },
  );
  return {
    made: () => made.size,
    open: () => [...made].filter((frame) => frame.format !== null).length, // a closed frame has no format
    restore: () => vi.unstubAllGlobals(),
  };
}

it.each(['at the end', 'broken off', 'disposed while waiting'])('closes every decoded frame %s', async (how) => {
  const file = await makeClip('clip.mp4', { timesS: evenTimes(60, 10) });
  const count = countOpenFrames();
  try {
    const source = await openFileSource(file);
    const iterator = source[Symbol.asyncIterator]();
    await iterator.next();
    if (how === 'at the end') {
      while (!(await iterator.next()).done);
      expect(count.open()).toBe(0);
    }
    if (how === 'broken off') await iterator.return?.();
    if (how === 'disposed while waiting') {
      const pending = Array.from({ length: 70 }, () => iterator.next());
      source.dispose();
      expect((await Promise.all(pending)).at(-1)?.done).toBe(true);
    }
    expect(count.made()).toBeGreaterThan(0);
    await expect.poll(count.open).toBe(0);
    source.dispose();
    expect((await source[Symbol.asyncIterator]().next()).done).toBe(true);
  } finally {
    count.restore();
  }
});

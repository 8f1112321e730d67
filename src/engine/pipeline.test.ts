import { describe, expect, it, vi } from 'vitest';
import type { Frame, FrameSource } from '../media/frame';
import { createFrameFeed } from './frame-feed';
import { runPipeline } from './pipeline';
import { liveBounds, pulledBounds } from './sampler';

const frameAt = (timeS: number): Frame => ({ timeS, width: 8, height: 8, data: new Uint8ClampedArray(256) });

const pulled = (count: number, fps: number): FrameSource => ({
  info: { kind: 'file', name: 'a', id: 'a', width: 8, height: 8, durationS: count / fps, live: false },
  dropped: 0,
  async *[Symbol.asyncIterator]() {
    for (let index = 0; index < count; index++) yield frameAt(index / fps);
  },
  dispose: () => undefined,
});

const busy = { motion: 1, score: 0 };
const never = new AbortController().signal;

describe('createFrameFeed', () => {
  it('loses no frame between one consumer and the next', async () => {
    let give: (frame: Frame) => void = () => undefined;
    const feed = createFrameFeed({
      ...pulled(0, 1),
      async *[Symbol.asyncIterator]() {
        for (;;) yield await new Promise<Frame>((resolve) => (give = resolve));
      },
    });
    const first = new AbortController();
    const waiting = feed.next(first.signal);
    first.abort();
    expect(await waiting).toBeNull();
    give(frameAt(7));
    expect((await feed.next(never))?.timeS).toBe(7);
  });

  it('says once that the source ended, and passes its error on', async () => {
    expect(await createFrameFeed(pulled(0, 1)).next(never)).toBeNull();
    const broken = {
      ...pulled(0, 1),
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('unplugged')) }),
    };
    await expect(createFrameFeed(broken).next(never)).rejects.toThrow('unplugged');
  });
});

describe('runPipeline', () => {
  it('thins 30 frames per second to every third of a recording and knows the one before', async () => {
    const seen: [number, number | null][] = [];
    const outcome = await runPipeline({
      feed: createFrameFeed(pulled(10, 30)),
      bounds: pulledBounds,
      signal: never,
      analyse: async ({ timeS }, { previousS }) => {
        seen.push([timeS, previousS]);
        return busy;
      },
    });
    expect(outcome).toBe('ended');
    expect(seen).toEqual([
      [0, null],
      [0.1, 0],
      [0.2, 0.1],
      [0.3, 0.2],
    ]);
  });

  it('stops at once when told to, even inside a source that gives nothing', async () => {
    const silent = {
      ...pulled(0, 1),
      [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }),
    };
    const controller = new AbortController();
    const run = runPipeline({
      feed: createFrameFeed(silent),
      bounds: liveBounds,
      signal: controller.signal,
      analyse: vi.fn(),
    });
    controller.abort();
    expect(await run).toBe('stopped');
  });

  it('lets frames pass while paused', async () => {
    const analyse = vi.fn(async () => busy);
    await runPipeline({
      feed: createFrameFeed(pulled(30, 30)),
      bounds: liveBounds,
      signal: never,
      isPaused: () => true,
      analyse,
    });
    expect(analyse).not.toHaveBeenCalled();
  });
});

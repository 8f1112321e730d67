import { afterEach, describe, expect, it, vi } from 'vitest';
import { demoNormal, demoSource } from './demo';
import { syntheticSource } from './synthetic-source';

const SMALL = { width: 128, height: 72, fps: 10 };

afterEach(() => vi.useRealTimers());

describe('the synthetic source', () => {
  it('pulled: yields every frame and drops none, however slow the taker', async () => {
    const source = syntheticSource({ ...SMALL, durationS: 1.5 });
    const times: number[] = [];
    for await (const frame of source) times.push(frame.timeS);
    expect(times).toEqual(Array.from({ length: 15 }, (_, i) => i / 10));
    expect(source.dropped).toBe(0);
    expect(source.info).toMatchObject({ kind: 'demo', live: false, width: 128, durationS: 1.5 });
  });

  it('realtime: waits for each frame, and counts what a slow taker misses', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const source = syntheticSource({ ...SMALL, pace: 'realtime' });
    const frames = source[Symbol.asyncIterator]();
    expect((await frames.next()).value.timeS).toBe(0);
    const second = frames.next();
    await vi.advanceTimersByTimeAsync(100);
    expect((await second).value.timeS).toBe(0.1);
    vi.advanceTimersByTime(450);
    expect((await frames.next()).value.timeS).toBe(0.5);
    expect(source.dropped).toBe(3);
    expect(source.info.live).toBe(true);
    source.dispose();
  });

  it('ends at once when disposed while waiting', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const source = syntheticSource({ ...SMALL, pace: 'realtime' });
    const frames = source[Symbol.asyncIterator]();
    await frames.next();
    const waiting = frames.next();
    source.dispose();
    expect((await waiting).done).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('the demo is live and endless; its normal stretch is pulled', () => {
    expect(demoSource(7, SMALL).info).toMatchObject({ live: true, durationS: null });
    expect(demoNormal(100, 60, SMALL).info).toMatchObject({ live: false, durationS: 60 });
  });
});

import { describe, expect, it } from 'vitest';
import { createTurns } from './turns';

/** A device on a clock of its own: work of so many milliseconds, done at once. */
function device() {
  let clockMs = 0;
  const turns = createTurns<string>(() => clockMs);
  const order: string[] = [];
  const spent = new Map<string, number>();
  const work = (source: string, costMs: number) =>
    turns.take(source, async () => {
      clockMs += costMs;
      order.push(source);
      spent.set(source, (spent.get(source) ?? 0) + costMs);
    });
  /** Asks again as soon as it is answered, until the clock has reached this. */
  const busyUntil = async (untilMs: number, source: string, costMs: () => number) => {
    while (clockMs < untilMs) await work(source, costMs());
  };
  return { turns, work, busyUntil, order, share: (source: string) => (spent.get(source) ?? 0) / clockMs };
}

describe('turns at the device', () => {
  it('go round where all ask for the same', async () => {
    const { busyUntil, order } = device();
    await Promise.all(['a', 'b', 'c', 'd'].map((source) => busyUntil(4000, source, () => 10)));
    for (let round = 0; round + 4 <= 400; round += 4)
      expect(new Set(order.slice(round, round + 4)).size, `round ${round / 4}`).toBe(4);
  });

  it('go on after work that fails before it has begun', async () => {
    const { turns, work, order } = device();
    const failing = turns.take('a', () => {
      throw new Error('no network');
    });
    await expect(failing).rejects.toThrow('no network');
    await work('b', 10);
    expect(order).toEqual(['b']);
  });

  it('share the time, not the number of calls: a busy picture gets no more than its part', async () => {
    const { busyUntil, share, order } = device();
    const costs = { small: 20, usual: 60, large: 300 };
    await Promise.all(Object.entries(costs).map(([source, cost]) => busyUntil(60_000, source, () => cost)));
    for (const source of Object.keys(costs)) expect(share(source)).toBeCloseTo(1 / 3, 1);
    expect(Math.abs(share('large') - 1 / 3)).toBeLessThan(0.1 / 3);
    expect(Math.abs(share('small') - 1 / 3)).toBeLessThan(0.1 / 3);
    const calls = (source: string) => order.filter((each) => each === source).length;
    expect(calls('small') / calls('large')).toBeGreaterThan(13);
  });

  it('let nobody wait longer than one call of each of the others, whatever came before', async () => {
    const { busyUntil, work, order } = device();
    // One source alone for a long time owes nothing for it, and claims nothing.
    await busyUntil(100_000, 'old', () => 50);
    order.length = 0;
    const both = Promise.all([busyUntil(110_000, 'old', () => 50), busyUntil(110_000, 'new', () => 50)]);
    const guest = work('guest', 50);
    await guest;
    expect(order.length).toBeLessThanOrEqual(3);
    await both;
    const turnsOf = (source: string) => order.filter((each) => each === source).length;
    expect(Math.abs(turnsOf('old') - turnsOf('new'))).toBeLessThanOrEqual(2);
  });

  it('take nothing from those who ask for nothing, and give their part to the others', async () => {
    const { busyUntil, share } = device();
    await Promise.all(['a', 'b'].map((source) => busyUntil(10_000, source, () => 40)));
    expect(share('paused')).toBe(0);
    expect(share('a')).toBeCloseTo(0.5, 1);
  });

  it('go on after a call that failed, which only its source hears of', async () => {
    const { turns, work } = device();
    const failing = turns.take('a', () => Promise.reject(new Error('out of memory')));
    const next = work('b', 10);
    await expect(failing).rejects.toThrow('out of memory');
    await next;
  });

  it('forget who has left', async () => {
    const { turns, work, order } = device();
    const first = work('a', 10);
    void work('b', 10);
    const last = work('c', 10);
    turns.leave('b');
    await Promise.all([first, last]);
    expect(order).toEqual(['a', 'c']);
  });
});

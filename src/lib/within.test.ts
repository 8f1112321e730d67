import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { within } from './within';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const after = <T>(ms: number, outcome: () => T) =>
  new Promise<T>((resolve, reject) => {
    setTimeout(() => {
      try {
        resolve(outcome());
      } catch (error) {
        reject(error);
      }
    }, ms);
  });
const fails = () => {
  throw new Error('broken');
};

it('gives what comes in time, and leaves no timer', async () => {
  const outcome = within(
    100,
    after(99, () => 7),
  );
  await vi.advanceTimersByTimeAsync(99);
  expect(await outcome).toBe(7);
  expect(vi.getTimerCount()).toBe(0);
});

it('gives null where it comes later, also where it fails later', async () => {
  const outcomes = [() => 7, fails].map((outcome) => within(100, after(101, outcome)));
  await vi.advanceTimersByTimeAsync(200);
  expect(await Promise.all(outcomes)).toEqual([null, null]);
});

it('rejects where it fails in time', async () => {
  const refused = expect(within(100, after(50, fails))).rejects.toThrow('broken');
  await vi.advanceTimersByTimeAsync(50);
  await refused;
});

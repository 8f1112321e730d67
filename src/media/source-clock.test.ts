import { describe, expect, it } from 'vitest';
import { sourceClock } from './source-clock';

const timesOf = (stamps: number[]) => stamps.map(sourceClock());

describe('sourceClock', () => {
  it('counts from the first frame', () => {
    expect(timesOf([100, 100.5, 101])).toEqual([0, 0.5, 1]);
  });

  it('keeps gaps and an uneven rate', () => {
    expect(timesOf([0, 0.1, 0.15, 7.15])).toEqual([0, 0.1, 0.15, 7.15]);
  });

  it('goes on by the last interval where the stamps jump back', () => {
    const times = timesOf([50, 50.25, 50.5, 0, 0.25, 0.5]);
    expect(times).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25]);
  });

  it('moves on where a stamp repeats, also at the very start', () => {
    const times = timesOf([8, 8, 8, 9]);
    for (let i = 1; i < times.length; i++) expect(times[i]).toBeGreaterThan(times[i - 1]);
    expect(times[3]).toBeGreaterThan(0.9);
  });

  it('takes a second at most for a jump back after a long gap', () => {
    expect(timesOf([0, 3600, 0])).toEqual([0, 3600, 3601]);
  });
});

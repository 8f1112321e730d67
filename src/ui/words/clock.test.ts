import { describe, expect, it } from 'vitest';
import { clock, span, timeLeft } from './clock';

describe('clock', () => {
  it.each([
    [-1, '0:00'],
    [7.9, '0:07'],
    [750, '12:30'],
    [3723, '1:02:03'],
  ])('%s s is %s', (timeS, words) => expect(clock(timeS)).toBe(words));
});

describe('timeLeft', () => {
  it.each([
    [0, 'a moment left'],
    [Number.NaN, 'a moment left'],
    [39.2, '40 s left'],
    [75.5, '76 s left'],
    [121, '3 min left'],
    [3600, '1 h left'],
    [4800, '1 h 20 min left'],
  ])('%s s: %s', (remainingS, words) => expect(timeLeft(remainingS)).toBe(words));
});

describe('span', () => {
  it.each([
    [45, '45 s'],
    [120, '2 min'],
    [150, '2 min 30 s'],
    [3900, '1 h 5 min'],
    [3600, '1 h'],
  ])('%s s: %s', (durationS, words) => expect(span(durationS)).toBe(words));
});

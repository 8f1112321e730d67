import { expect, it } from 'vitest';
import { oneCycle } from './schedule';

const options = { peak: 1, warmUp: 0.25, startDivisor: 10, endDivisor: 100 };
const rates = Array.from({ length: 9 }, (_, step) => oneCycle(step, 9, options));

it('starts low, peaks after the warm-up, ends lower still', () => {
  expect(rates[0]).toBeCloseTo(0.1);
  expect(rates[1]).toBeCloseTo(0.55);
  expect(rates[2]).toBeCloseTo(1);
  expect(rates[5]).toBeCloseTo(0.505);
  expect(rates[8]).toBeCloseTo(0.01);
  expect(Math.max(...rates)).toBe(rates[2]);
});

it('stays at the end beyond the last step', () => expect(oneCycle(20, 9, options)).toBeCloseTo(0.01));

it('takes a run of one step, and refuses one of none', () => {
  expect(oneCycle(0, 1, options)).toBeCloseTo(0.01);
  expect(() => oneCycle(0, 0)).toThrow('positive number of steps, got 0');
});

import { expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { fromHalf, toHalf } from './half-float';

const bits = (...values: number[]) => [...toHalf(Float32Array.from(values))];

it('knows the standard’s examples', () => {
  expect(bits(0, 1, -2, 65_504, 2 ** -14, 2 ** -24)).toEqual([0, 0x3c00, 0xc000, 0x7bff, 0x0400, 1]);
  expect(bits(1 / 3, 70_000, -70_000, Number.NaN)).toEqual([0x3555, 0x7c00, 0xfc00, 0x7e00]);
});

it('rounds ties to even and carries into the exponent', () => {
  expect(bits(1 + 1 / 2048, 1 + 3 / 2048, 2 - 1 / 4096)).toEqual([0x3c00, 0x3c02, 0x4000]);
});

it('gives back every half', () => {
  const halves = Uint16Array.from({ length: 65_536 }, (_, index) => index).filter((half) => (half & 0x7c00) !== 0x7c00);
  expect(toHalf(fromHalf(halves))).toEqual(halves);
});

it('errs by at most 2⁻¹¹ of a value', () => {
  const rng = createRng(1);
  const values = Float32Array.from({ length: 1000 }, () => rng.normal() * 10);
  const back = fromHalf(toHalf(values));
  for (const [index, value] of values.entries()) {
    expect(Math.abs(back[index] - value)).toBeLessThanOrEqual(Math.abs(value) * 2 ** -11);
  }
});

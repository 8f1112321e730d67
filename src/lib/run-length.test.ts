import { expect, it } from 'vitest';
import { packedBytes, unpackedBytes } from './run-length';

it('comes back as it was, runs of more than 255 zeros too', () => {
  const values = new Uint8Array(1000);
  values.set([7, 0, 0, 255, 1], 400);
  const codes = packedBytes(values);
  expect(codes.length).toBeLessThan(20);
  expect(unpackedBytes(codes, 1000)).toEqual(values);
});

it('drops what lies below the least value', () => {
  expect(unpackedBytes(packedBytes(new Uint8Array([3, 9, 2]), 5), 3)).toEqual(new Uint8Array([0, 9, 0]));
});

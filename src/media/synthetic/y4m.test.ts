import { expect, it } from 'vitest';
import { y4mFrame, y4mHeader } from './y4m';

const text = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);
const filled = (red: number, green: number, blue: number) => ({
  width: 4,
  height: 2,
  data: Uint8ClampedArray.from({ length: 32 }, (_, i) => [red, green, blue, 255][i % 4]),
});

it('names size and rate in its header', () => {
  expect(text(y4mHeader(640, 360, 15))).toBe('YUV4MPEG2 W640 H360 F15000:1000 Ip A1:1 C420jpeg\n');
  expect(() => y4mHeader(641, 360, 15)).toThrow('641×360');
});

it.each([
  ['white', [255, 255, 255], [235, 128, 128]],
  ['black', [0, 0, 0], [16, 128, 128]],
  ['red', [255, 0, 0], [81, 90, 240]],
] as const)('%s has the luma and colour difference of BT.601', (_, [red, green, blue], [luma, u, v]) => {
  const bytes = y4mFrame(filled(red, green, blue));
  expect(text(bytes.subarray(0, 6))).toBe('FRAME\n');
  expect([...bytes.subarray(6)]).toEqual([...Array(8).fill(luma), u, u, v, v]);
});

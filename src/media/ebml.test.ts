import { describe, expect, it } from 'vitest';
import { elementHeader, sizeField } from './ebml';

const bytes = (...values: number[]) => new Blob([new Uint8Array(values)]);

describe('elementHeader', () => {
  it('reads ids and sizes of every length', async () => {
    expect(await elementHeader(bytes(0xa3, 0x85), 0)).toEqual({ id: 0xa3, size: 5, sizeStart: 1, contentStart: 2 });
    expect(await elementHeader(bytes(0, 0x1f, 0x43, 0xb6, 0x75, 0x41, 0x02), 1)).toEqual({
      id: 0x1f43b675,
      size: 258,
      sizeStart: 5,
      contentStart: 7,
    });
    const longest = bytes(0x42, 0x86, 0x01, 0, 0, 0, 0, 0, 0, 7);
    expect(await elementHeader(longest, 0)).toEqual({ id: 0x4286, size: 7, sizeStart: 2, contentStart: 10 });
  });

  it('knows an unknown size', async () => {
    expect((await elementHeader(bytes(0xa3, 0xff), 0))?.size).toBeNull();
    expect((await elementHeader(bytes(0xa3, 0x01, 255, 255, 255, 255, 255, 255, 255), 0))?.size).toBeNull();
    expect((await elementHeader(bytes(0xa3, 0x40, 0x7f), 0))?.size).toBe(127);
  });

  it('gives null where the file ends or the bytes are no header', async () => {
    for (const odd of [bytes(), bytes(0xa3), bytes(0x1f, 0x43), bytes(0xa3, 0x41), bytes(0, 1, 2, 3)]) {
      expect(await elementHeader(odd, 0)).toBeNull();
    }
  });

  it('reads back what sizeField writes', async () => {
    for (const [size, length] of [
      [0, 1],
      [126, 1],
      [5, 4],
      [300, 2],
      [2 ** 40 + 3, 8],
    ]) {
      const header = await elementHeader(new Blob([new Uint8Array([0xa3]), sizeField(size, length)]), 0);
      expect(header).toEqual({ id: 0xa3, size, sizeStart: 1, contentStart: 1 + length });
    }
  });
});

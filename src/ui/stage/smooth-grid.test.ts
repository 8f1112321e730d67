import { describe, expect, it } from 'vitest';
import { smoothGrid } from './smooth-grid';

describe('smoothGrid', () => {
  it('keeps an even grid even', () => {
    const even = smoothGrid(new Uint8Array(6).fill(90), 3, 2, 4);
    expect(even).toHaveLength(3 * 4 * 2 * 4);
    expect([...even].every((value) => value === 90)).toBe(true);
  });

  it('keeps a spot in its place, round and within 0…255', () => {
    const grid = new Uint8Array(7 * 5);
    grid[2 * 7 + 4] = 255; // column 4, row 2
    const factor = 4;
    const smooth = smoothGrid(grid, 7, 5, factor);
    const at = (x: number, y: number) => smooth[y * 7 * factor + x];
    const peak = smooth.indexOf(Math.max(...smooth));
    expect(Math.floor((peak % (7 * factor)) / factor)).toBe(4);
    expect(Math.floor(peak / (7 * factor) / factor)).toBe(2);
    expect(smooth[peak]).toBeGreaterThan(170);
    expect(at(4 * factor, 2 * factor)).toBe(at(4 * factor + factor - 1, 2 * factor + factor - 1));
    expect(at(0, 0)).toBe(0);
  });
});

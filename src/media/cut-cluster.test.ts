import { describe, expect, it } from 'vitest';
import { withCompleteClusters } from './cut-cluster';

const bytes = (...values: number[]) => new Blob([new Uint8Array(values)]);

describe('withCompleteClusters', () => {
  const head = [0x1a, 0x45, 0xdf, 0xa3, 0x80, 0x18, 0x53, 0x80, 0x67, 0x95]; // the segment has 21 bytes
  const block = (fill: number) => [0xa3, 0x83, fill, fill, fill];
  const cluster = [0x1f, 0x43, 0xb6, 0x75, 0x40, 15, ...block(1), ...block(2), ...block(3)];

  it('shortens a cut cluster to its complete blocks', async () => {
    const cut = bytes(...head, ...cluster.slice(0, -1));
    const repaired = new Uint8Array(await (await withCompleteClusters(cut)).arrayBuffer());
    expect([...repaired]).toEqual([...head, 0x1f, 0x43, 0xb6, 0x75, 0x40, 10, ...block(1), ...block(2)]);
  });

  it('leaves complete files and others alone', async () => {
    for (const file of [bytes(...head, ...cluster), bytes(), bytes(1, 2, 3), new Blob(['ftyp and so on'])]) {
      expect(await withCompleteClusters(file)).toBe(file);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { fingerprint } from './fingerprint';

const bytes = (length: number, fill: number) => new Uint8Array(length).fill(fill);

describe('fingerprint', () => {
  it('is the same for the same file and tells files apart by name, size, start and end', async () => {
    const original = new File([bytes(200_000, 1)], 'a.mp4');
    const changedEnd = new File([bytes(199_999, 1), bytes(1, 2)], 'a.mp4');
    const prints = await Promise.all(
      [
        original,
        new File([bytes(200_000, 1)], 'a.mp4'),
        new File([bytes(200_000, 1)], 'b.mp4'),
        new File([bytes(200_001, 1)], 'a.mp4'),
        new File([bytes(1, 2), bytes(199_999, 1)], 'a.mp4'),
        changedEnd,
      ].map((file) => fingerprint([file])),
    );
    expect(prints[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(prints[1]).toBe(prints[0]);
    expect(new Set(prints).size).toBe(5);
  });

  it('covers every file of a list, in order', async () => {
    const one = new File(['1'], '1.png');
    const two = new File(['2'], '2.png');
    expect(await fingerprint([one, two])).not.toBe(await fingerprint([two, one]));
    expect(await fingerprint([one, two])).not.toBe(await fingerprint([one]));
  });
});

import { describe, expect, it } from 'vitest';
import { uniformField } from './motion.fixture';
import { NOT_STILL, StillTexture } from './still-texture';

/** Feeds one level per step, so many seconds apart; what stands still after each. */
function run(still: StillTexture, levels: number[], intervalS: number): number[] {
  return levels.map((level, i) => {
    const field = uniformField(i * intervalS, 2, 2, 5);
    field.texture.values.fill(level);
    return still.step(field).texture[3];
  });
}

describe('still texture', () => {
  it('never shows who passes', () => {
    const shown = run(new StillTexture(), [0, 0, 0, 0, 90, 60, 30, 0, 0, 0, 0], 0.2);
    expect(new Set(shown)).toEqual(new Set([0, NOT_STILL]));
    expect(shown.slice(-1)).toEqual([0]);
  });

  it('shows what has come to stand there within a second, at any frame rate', () => {
    for (const intervalS of [0.04, 0.1, 0.2]) {
      const count = Math.round(8 / intervalS);
      const shown = run(
        new StillTexture(),
        Array.from({ length: count }, (_, i) => (i < count / 2 ? 0 : 90)),
        intervalS,
      );
      const first = shown.indexOf(90);
      expect((first - count / 2) * intervalS).toBeGreaterThanOrEqual(0.35);
      expect((first - count / 2) * intervalS).toBeLessThanOrEqual(1);
      expect(shown.slice(first)).toEqual(new Array(count - first).fill(90));
    }
  });

  it('bears the noise of a camera', () => {
    const noisy = Array.from({ length: 20 }, (_, i) => [40, 45, 37, 42][i % 4]);
    expect(run(new StillTexture(), noisy, 0.2).slice(3)).toEqual(noisy.slice(3));
  });

  it('rounds, holds within −127…127 and tells its grid', () => {
    const still = new StillTexture();
    const field = (i: number) => {
      const made = uniformField(i, 3, 2, 5);
      made.texture.values.set([-300, 300, 1.6, -1.6, 0, 5]);
      return made;
    };
    for (let i = 0; i < 3; i++) still.step(field(i));
    const { texture, textureGrid } = still.step(field(3));
    expect(Array.from(texture)).toEqual([-127, 127, 2, -2, 0, 5]);
    expect(textureGrid).toEqual({ width: 3, height: 2, cellSize: 5 });
  });

  it('knows nothing at first, after a reset and where the grid changes', () => {
    const still = new StillTexture();
    expect(run(still, [0, 0, 0, 0, 0], 0.2)).toEqual([NOT_STILL, NOT_STILL, NOT_STILL, 0, 0]);
    still.reset();
    expect(run(still, [90], 0.2)).toEqual([NOT_STILL]);
    const larger = uniformField(9, 4, 4, 5);
    expect(Array.from(still.step(larger).texture)).toEqual(new Array(16).fill(NOT_STILL));
  });
});

import { describe, expect, it } from 'vitest';
import { uniformField } from '../../vision/motion.fixture';
import { StillTexture } from './still-texture';

/** Feeds one level per step, so many seconds apart; what stands still after each. */
function run(still: StillTexture, levels: number[], intervalS: number): number[] {
  return levels.map((level, i) => {
    const field = uniformField(i * intervalS, 2, 2, 5);
    field.texture.values.fill(level);
    return still.step(field).texture[3];
  });
}

describe('still texture', () => {
  it('holds no trace of who passes within half a second', () => {
    expect(run(new StillTexture(), [0, 0, 0, 0, 90, 90, 0, 0, 0, 0], 0.25)).toEqual(new Array(10).fill(0));
  });

  it('shows what has come to stand there within half a second to one and a half', () => {
    const levels = Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 90));
    const shown = run(new StillTexture(), levels, 0.25);
    const first = shown.indexOf(90);
    expect((first - 20) * 0.25).toBeGreaterThanOrEqual(0.5);
    expect((first - 20) * 0.25).toBeLessThanOrEqual(1.5);
    expect(shown.slice(first)).toEqual(new Array(40 - first).fill(90));
  });

  it('counts seconds, not frames', () => {
    const levels = Array.from({ length: 20 }, (_, i) => (i < 12 ? 0 : 90));
    // 20 frames per second: eight frames are 0.4 s.
    expect(run(new StillTexture(), levels, 0.05)).toEqual(new Array(20).fill(0));
  });

  it('rounds, holds within −127…127 and tells its grid', () => {
    const field = uniformField(0, 3, 2, 5);
    field.texture.values.set([-300, 300, 1.6, -1.6, 0, 5]);
    const { texture, textureGrid } = new StillTexture().step(field);
    expect(Array.from(texture)).toEqual([-127, 127, 2, -2, 0, 5]);
    expect(textureGrid).toEqual({ width: 3, height: 2, cellSize: 5 });
  });

  it('forgets at a reset and where the grid changes', () => {
    const still = new StillTexture();
    run(still, [0, 0, 0, 0, 0], 0.25);
    still.reset();
    expect(run(still, [90], 0.25)).toEqual([90]);
    const larger = uniformField(9, 4, 4, 5);
    larger.texture.values.fill(30);
    expect(Array.from(still.step(larger).texture)).toEqual(new Array(16).fill(30));
  });
});

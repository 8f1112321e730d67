import { describe, expect, it } from 'vitest';
import { createRng } from '../../lib/rng';
import { learnSceneMemory } from './scene-memory';
import { MOTION_CHANNELS } from './stream-inputs';
import { FIXTURE_GRID, walkingClip } from './streams.fixture';
import { drawStretches, stretchDefaults, type TrainingScene } from './training-stretches';

const frames = walkingClip({ seconds: 4 });
const cells = FIXTURE_GRID.width * FIXTURE_GRID.height;
/** Abnormal from the 20th frame on, in four cells of the lower right. */
const abnormal = frames.map((_, index) => {
  if (index < 20) return null;
  const shares = new Float32Array(cells);
  for (const cell of [14 * 24 + 20, 14 * 24 + 21, 15 * 24 + 20, 15 * 24 + 21]) shares[cell] = 1;
  return shares;
});
const scene: TrainingScene = {
  memories: [learnSceneMemory(walkingClip({ seed: 2 }), 1)],
  normal: [{ frames, abnormal: frames.map(() => null) }],
  planted: [{ frames, abnormal }],
};
const options = { ...stretchDefaults, clips: 4, length: 8, height: 12, width: 16 };
const draw = (more: Partial<typeof options>, seed = 1) =>
  drawStretches([scene], { ...options, ...more }, createRng(seed));

describe('drawStretches', () => {
  it('is the same for the same seed', () => {
    expect(draw({})).toEqual(draw({}));
    expect(draw({}).motion).not.toEqual(draw({}, 2).motion);
  });

  it('puts black frames that do not count before each stretch', () => {
    const { motion, weights, frameWeights } = draw({});
    const perFrame = 12 * 16 * MOTION_CHANNELS;
    for (const frame of [0, 1, 10, 11]) {
      expect(motion.subarray(frame * perFrame, (frame + 1) * perFrame).every((value) => value === 0)).toBe(true);
      expect(weights.subarray(frame * 48, (frame + 1) * 48).every((value) => value === 0)).toBe(true);
      expect(frameWeights[frame]).toBe(0);
    }
    expect(frameWeights[2]).toBe(1);
  });

  it('labels what was planted, and leaves the places next to it out', () => {
    const { labels, weights, frameLabels, frames: count } = draw({ planted: 1, pseudo: 0 });
    expect(frameLabels.some((label) => label === 1)).toBe(true);
    for (let frame = 0; frame < count; frame++) {
      const places = labels.subarray(frame * 48, (frame + 1) * 48);
      const positive = places.reduce((sum, label) => sum + label, 0);
      expect(positive).toBe(frameLabels[frame]);
      const place = places.indexOf(1);
      if (place >= 0) expect(weights[frame * 48 + place]).toBe(1);
      if (place > 0 && place % 8 > 0) expect(weights[frame * 48 + place - 1]).toBe(0);
    }
  });

  it('has no label in normal footage', () => {
    expect(draw({ planted: 0, pseudo: 0 }).labels.every((label) => label === 0)).toBe(true);
  });
});

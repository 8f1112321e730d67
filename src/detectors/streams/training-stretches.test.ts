import { describe, expect, it } from 'vitest';
import { createRng } from '../../lib/rng';
import { learnSceneMemory } from './scene-memory';
import { COLOUR_CHANNELS, LOOK_CHANNELS, MOTION_CHANNELS } from './stream-inputs';
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
  share: 1,
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
    const { labels, weights, frameLabels, frames: count } = draw({ planted: 1, pseudo: 0, zoom: 1 });
    expect(frameLabels.some((label) => label === 1)).toBe(true);
    for (let frame = 0; frame < count; frame++) {
      const at = (place: number) => frame * 48 + place;
      const places = Array.from({ length: 48 }, (_, place) => place);
      const positive = places.filter((place) => labels[at(place)] === 1);
      expect(positive.length > 0).toBe(frameLabels[frame] === 1);
      expect(positive.length).toBeLessThanOrEqual(4);
      for (const place of positive) {
        expect(weights[at(place)]).toBe(1);
        if (place % 8 > 0 && labels[at(place - 1)] === 0) expect(weights[at(place - 1)]).toBe(0);
      }
    }
  });

  it('changes sizes', () => {
    const sizes = (zoom: number) => {
      const { labels, frameLabels } = draw({ planted: 1, pseudo: 0, zoom, clips: 12 });
      const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);
      return sum(labels) / sum(frameLabels);
    };
    expect(sizes(3)).toBeGreaterThan(1.5 * sizes(1));
  });

  it('hides the picture itself in a share of the stretches, not what it differs by', () => {
    const looks = ({ colour }: ReturnType<typeof draw>, channel: number) =>
      colour.some((value, index) => index % COLOUR_CHANNELS === channel && value !== 0);
    expect(looks(draw({ unseen: 0 }), 0)).toBe(true);
    for (let channel = 0; channel < LOOK_CHANNELS; channel++) expect(looks(draw({ unseen: 1 }), channel)).toBe(false);
    expect(looks(draw({ unseen: 1 }), LOOK_CHANNELS)).toBe(true);
  });

  it('draws scenes by their shares', () => {
    const quiet: TrainingScene = { ...scene, planted: scene.normal };
    const abnormalClips = (shares: [number, number]) => {
      const scenes = [
        { ...scene, share: shares[0] },
        { ...quiet, share: shares[1] },
      ];
      const { frameLabels } = drawStretches(scenes, { ...options, planted: 1, pseudo: 0, clips: 60 }, createRng(1));
      const perClip = frameLabels.length / 60;
      return Array.from({ length: 60 }, (_, clip) =>
        frameLabels.subarray(clip * perClip, (clip + 1) * perClip).some((label) => label > 0),
      ).filter(Boolean).length;
    };
    const all = abnormalClips([1, 0]);
    expect(abnormalClips([0, 1])).toBe(0);
    const half = abnormalClips([2, 2]) / all;
    expect(half).toBeGreaterThan(0.3);
    expect(half).toBeLessThan(0.7);
  });

  it('has no label in normal footage', () => {
    expect(draw({ planted: 0, pseudo: 0 }).labels.every((label) => label === 0)).toBe(true);
  });
});

import { expect, test } from 'vitest';
import { createRng } from '../src/lib/rng';
import { pixelEvidence } from '../src/metrics/pixel-auc';
import { evaluateClips, meanNumbers } from './evaluation-result';
import type { ScoredClip } from './scored-clip';

const FEW = { resamples: 50 };
const WIDTH = 40;
const HEIGHT = 20;

/** A clip whose abnormal half scores `gap` higher, with the evidence where the mask is. */
function clip(name: string, gap: number, seed: number, masked = true): ScoredClip {
  const rng = createRng(seed);
  const labels = Array.from({ length: 60 }, (_, frame) => (frame >= 30 ? 1 : 0));
  const scores = labels.map((label) => rng.normal() + gap * label);
  const box = { x0: 10, y0: 0, x1: 20, y1: 10 };
  const data = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, pixel) =>
    pixel % WIDTH >= 10 && pixel % WIDTH < 20 && pixel < 10 * WIDTH ? 1 : 0,
  );
  const frames = labels.map((label, frame) => {
    const map = {
      width: 4,
      height: 2,
      values: Float32Array.from({ length: 8 }, (_, cell) => (cell === 1 && label ? 5 + scores[frame] : rng.next())),
    };
    const mask = label ? { width: WIDTH, height: HEIGHT, data } : null;
    return {
      map,
      detected: [{ ...box, score: scores[frame] }],
      truth: label ? [{ ...box, track: 0 }] : [],
      pixels: masked ? pixelEvidence(map, mask, { width: WIDTH, height: HEIGHT }) : null,
    };
  });
  return {
    name,
    width: WIDTH,
    height: HEIGHT,
    masked,
    manifest: null,
    scores,
    labels,
    timesS: labels.map((_, frame) => frame / 10),
    returnPeriodsS: scores.map((score) => (score > 4 ? 7200 : 1)),
    energies: scores.map(() => 1),
    frames,
    analysedFrames: 60,
    analysisS: 1,
  };
}

test('a good detector is told from a blind one, within its interval', () => {
  const good = evaluateClips([clip('a', 6, 1), clip('b', 6, 2), clip('c', 6, 3)], 1, FEW);
  expect(good.numbers.microAuc).toBeGreaterThan(0.99);
  expect(good.numbers.pixelAuc).toBeGreaterThan(0.99);
  expect(good.numbers.rbdc).toBeGreaterThan(0.9);
  expect(good.numbers.objectTbdc).toBeGreaterThan(0.9);
  expect(good.numbers.detectedShare).toBe(1);
  expect(good.intervals.microAuc?.low).toBeLessThanOrEqual(good.numbers.microAuc as number);
  expect(good.trivial.frameDifference.microAuc).toBe(0.5);
  const blind = evaluateClips([clip('a', 0, 1), clip('b', 0, 2)], 1, FEW);
  expect(blind.numbers.microAuc).toBeGreaterThan(0.35);
  expect(blind.numbers.microAuc).toBeLessThan(0.65);
});

test('the same seed gives the same intervals; results can be plotted again', () => {
  const clips = [clip('a', 1, 1), clip('b', 1, 2)];
  expect(evaluateClips(clips, 5, FEW)).toEqual(evaluateClips(clips, 5, FEW));
  const [first] = evaluateClips(clips, 5, FEW).perClip;
  expect(first.scores).toHaveLength(60);
  expect(first.labels).toHaveLength(60);
});

test('without masks there is no number for places, and none in the mean', () => {
  const unmasked = evaluateClips([clip('a', 6, 1, false)], 1, FEW);
  expect(unmasked.numbers).toMatchObject({ pixelAuc: null, rbdc: null, tbdc: null });
  expect(unmasked.intervals.microAuc).toBeNull();
  const mean = meanNumbers([unmasked, evaluateClips([clip('b', 6, 2), clip('c', 6, 3)], 1, FEW)]);
  expect(mean.pixelAuc).toBeNull();
  expect(mean.microAuc).toBeGreaterThan(0.99);
});

test('planted kinds are told apart', () => {
  const planted = clip('a', 6, 1);
  const event = (kind: 'fast' | 'across', startS: number, endS: number) => ({ kind, startS, endS, details: {} });
  for (let frame = 45; frame < 60; frame++) planted.scores[frame] = -10;
  const manifest = { seed: 1, frames: 60, intervalS: 0.1, events: [event('fast', 3, 4.4), event('across', 4.5, 6)] };
  const { perKind } = evaluateClips([{ ...planted, manifest }], 1, FEW);
  expect(perKind.fast).toBeGreaterThan(0.99);
  expect(perKind.across).toBe(0);
});

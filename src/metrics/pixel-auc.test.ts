import { expect, test } from 'vitest';
import { createRng } from '../lib/rng';
import {
  evidenceEdges,
  evidenceHistogram,
  histogramAuc,
  pixelAuc,
  pixelCriterionScore,
  pixelEvidence,
} from './pixel-auc';
import { rocAuc } from './roc';

const rng = createRng(2);
const map = (mean: number) => ({
  width: 3,
  height: 2,
  values: Float32Array.from({ length: 6 }, () => mean + rng.next()),
});
const mask = {
  width: 8,
  height: 5,
  data: Uint8Array.from({ length: 40 }, (_, pixel) => (pixel % 8 < 3 && pixel < 24 ? 1 : 0)),
};

test('equals the AUC over every single pixel', () => {
  const maps = [map(0), map(0.4)];
  const scores: number[] = [];
  const labels: number[] = [];
  maps.forEach((cells, frame) => {
    for (let y = 0; y < 5; y++)
      for (let x = 0; x < 8; x++) {
        scores.push(cells.values[Math.floor(((y + 0.5) * 2) / 5) * 3 + Math.floor(((x + 0.5) * 3) / 8)]);
        labels.push(frame === 1 ? mask.data[y * 8 + x] : 0);
      }
  });
  const frames = [pixelEvidence(maps[0], null, mask), pixelEvidence(maps[1], mask, mask)];
  expect(pixelAuc(frames)).toBeCloseTo(rocAuc(scores, labels), 12);
  const edges = evidenceEdges(frames);
  expect(histogramAuc(frames.map((frame) => evidenceHistogram([frame], edges)))).toBeCloseTo(pixelAuc(frames), 12);
});

test('the 40 % criterion takes the evidence that covers enough of the abnormal pixels', () => {
  const frame = {
    values: Float32Array.of(5, 3, 1),
    abnormalPixels: Uint32Array.of(3, 2, 5),
    normalPixels: Uint32Array.of(0, 0, 9),
  };
  expect(pixelCriterionScore(frame)).toEqual({ score: 3, label: 1 });
  expect(pixelCriterionScore(frame, 0.3)).toEqual({ score: 5, label: 1 });
  expect(pixelCriterionScore({ ...frame, abnormalPixels: new Uint32Array(3) })).toEqual({ score: 5, label: 0 });
});

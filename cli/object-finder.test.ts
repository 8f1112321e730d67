import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeObjects } from '../src/engine/centernet-decode';
import { loadCenterNet } from '../src/engine/centernet-model';
import { resizedPixels } from '../src/engine/frame-pixels';
import { createPlaza } from '../src/media/synthetic/plaza';
import { createObjectFinder, readCenterNet } from './object-finder';

const plaza = createPlaza({ seed: 3, width: 480, height: 360 });
const { frame, truth } = plaza.frameAt(300);

describe('CenterNet in Node', () => {
  let finder: Awaited<ReturnType<typeof createObjectFinder>>;
  beforeAll(async () => {
    finder = await createObjectFinder();
  });
  afterAll(() => finder.dispose());

  it('decodes the same boxes, classes and confidences as the graph itself does at 512 × 512', async () => {
    const model = await loadCenterNet(await readCenterNet(), { width: 512, height: 512 });
    const input = tf.tensor4d(resizedPixels(frame, 512, 512), [1, 512, 512, 3]);
    const outputs = model.execute(input, ['tower_0/detections', 'tower_0/keypoints', 'tower_0/wh']) as tf.Tensor[];
    const [detections, heat, edges] = await Promise.all(outputs.map((output) => output.data()));
    tf.dispose([input, ...outputs]);
    model.dispose();
    const grid = (values: typeof heat) => ({ width: 128, height: 128, values: values as Float32Array });
    const decoded = decodeObjects(grid(heat), grid(edges), { minimumConfidence: 0, maximumOverlap: 1, limit: 100 });
    const ours = decoded.flatMap(({ x0, y0, x1, y1, confidence, classIndex }) => [
      x0,
      y0,
      x1,
      y1,
      confidence,
      classIndex,
    ]);
    expect(Math.max(...ours.map((value, index) => Math.abs(value - detections[index])))).toBeLessThan(1e-3);
  });

  it('finds the plaza’s people, in pixels of the frame, with an embedding each', async () => {
    const found = await finder.find(frame);
    const people = found.filter(({ classIndex, confidence }) => classIndex === 0 && confidence > 0.3);
    const inside = people.filter(({ x0, y0, x1, y1 }) => {
      const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
      return truth.boxes.some((box) => x > box.x0 && x < box.x1 && y > box.y0 && y < box.y1);
    });
    expect(people.length).toBeGreaterThan(2);
    expect(inside.length / people.length).toBeGreaterThan(0.7);
    expect(found.every(({ embedding }) => embedding.length === 128 && embedding.some((value) => value !== 0))).toBe(
      true,
    );
    expect(finder.inputSize).toEqual({ width: 512, height: 384 });
  });

  it('leaks no tensor, not even when the aspect changes', async () => {
    await finder.find(frame);
    const before = tf.memory().numTensors;
    const wide = { timeS: 0, width: 64, height: 32, data: new Uint8ClampedArray(64 * 32 * 4) };
    for (const each of [frame, wide, frame]) await finder.find(each);
    expect(tf.memory().numTensors).toBe(before);
  });
});

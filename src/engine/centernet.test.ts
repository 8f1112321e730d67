import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPlaza } from '../media/synthetic/plaza';
import { PATCH_VALUES } from '../normality/patch-memory';
import { detectedPlatform, startBackend } from './backend';
import { type CenterNet, createCenterNet, featuresAtCentre } from './centernet';
import { decodeObjects } from './centernet-decode';
import { type CenterNetFiles, loadCenterNet } from './centernet-model';
import { resizedPixels } from './frame-pixels';

const { resolve } = createRequire(import.meta.url);
const modelFile = (name: string) => readFileSync(`${dirname(resolve('@vladmandic/human'))}/../models/${name}`);
const files: CenterNetFiles = {
  manifest: JSON.parse(modelFile('centernet.json').toString()),
  weights: new Uint8Array(modelFile('centernet.bin')).buffer,
};
const { frame, truth } = createPlaza({ seed: 3, width: 480, height: 360 }).frameAt(300);

describe('CenterNet on WebAssembly', () => {
  let finder: CenterNet;
  beforeAll(async () => {
    await startBackend('wasm', detectedPlatform(`${dirname(resolve('@tensorflow/tfjs-backend-wasm'))}/`));
    finder = createCenterNet({ files });
  });
  afterAll(() => finder.dispose());

  it('decodes the same boxes, classes and confidences as the graph itself does at 512 × 512', async () => {
    const model = await loadCenterNet(files, { width: 512, height: 512 });
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
    const { objects: found, patches } = await finder.find(frame);
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
    expect(patches).toMatchObject({ width: 32, height: 24 });
    expect(patches!.values).toHaveLength(32 * 24 * PATCH_VALUES);
  });

  it('reads the features of the cell under an object, whatever the stride of their map', () => {
    const features = {
      width: 16,
      height: 12,
      values: Float32Array.from({ length: 192 * 128 }, (_, i) => Math.floor(i / 128)),
    };
    const at = (x: number, y: number) =>
      featuresAtCentre(features, { x0: x - 9, y0: y - 9, x1: x + 9, y1: y + 9 }, { width: 512, height: 384 })[127];
    expect(at(16, 16)).toBe(0);
    expect(at(400, 300)).toBe(9 * 16 + 12);
    expect(at(512, 384)).toBe(191);
  });

  it('looks different where a thing stands and where none does', async () => {
    const painted = { ...frame, data: frame.data.slice() };
    const [left, top] = [380, 200];
    for (let y = top; y < top + 60; y++)
      for (let x = left; x < left + 40; x++) painted.data.set([230, 40, 40, 255], (y * 480 + x) * 4);
    const patches = async (picture: typeof frame) => (await finder.find(picture)).patches!;
    const [before, after] = [await patches(frame), await patches(painted)];
    const changes = Array.from({ length: before.width * before.height }, (_, place) => {
      let sum = 0;
      for (let i = place * PATCH_VALUES; i < (place + 1) * PATCH_VALUES; i++)
        sum += Math.abs(before.values[i] - after.values[i]);
      return sum;
    });
    const most = changes.indexOf(Math.max(...changes));
    const [x, y] = [((most % 32) + 0.5) * 15, (Math.floor(most / 32) + 0.5) * 15];
    expect(x).toBeGreaterThan(left - 15);
    expect(x).toBeLessThan(left + 55);
    expect(y).toBeGreaterThan(top - 15);
    expect(y).toBeLessThan(top + 75);
  });

  it('leaks no tensor, not even when the aspect changes', async () => {
    await finder.find(frame);
    const before = tf.memory().numTensors;
    const wide = { timeS: 0, width: 64, height: 32, data: new Uint8ClampedArray(64 * 32 * 4) };
    for (const each of [frame, wide, frame]) await finder.find(each);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('keeps a network for each of so many shapes, those that came last', async () => {
    const several = createCenterNet({ files, inputArea: 128 * 128, shapes: () => 2 });
    const picture = (width: number, height: number) => ({
      ...{ timeS: 0, width, height },
      data: new Uint8ClampedArray(width * height * 4),
    });
    const before = tf.memory().numTensors;
    await several.find(picture(64, 64));
    const one = tf.memory().numTensors - before;
    for (const [width, height] of [
      [96, 64],
      [64, 96],
      [96, 64],
      [64, 96],
    ])
      await several.find(picture(width, height));
    expect(tf.memory().numTensors).toBe(before + 2 * one);
    expect(several.inputSize).toMatchObject({ width: 96, height: 160 });
    several.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

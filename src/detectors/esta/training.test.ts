import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { createRng } from '../../lib/rng';
import { onBackend } from '../../nn/backends.fixture';
import { differentiate } from '../../nn/differentiate';
import { namedLeaves, type ParamTree } from '../../nn/tree';
import { networkBatch } from '../network-scene/training';
import { smallStretches, walkingScene } from '../streams/streams.fixture';
import { drawStretches } from '../streams/training-stretches';
import { estaConfigs } from './config';
import { createEsta } from './network';
import { estaLoss, LAMBDAS } from './training';

// Hidden pictures would leave the weights that read colour where they are.
const options = { ...smallStretches, unseen: 0 };
const config = estaConfigs.balanced;

it('adds up four terms and moves every weight', () =>
  onBackend('wasm', async () => {
    const batch = networkBatch(drawStretches([walkingScene()], options, createRng(1)));
    const params = createEsta(createRng(2), config) as ParamTree;
    const { total, parts } = estaLoss(params, config, batch);
    const value = async (scalar: tf.Scalar) => (await scalar.data())[0];
    const { classification, ...others } = LAMBDAS;
    let sum = classification * (4 * (await value(parts.places)) + 0.3 * (await value(parts.frame)));
    sum += 0.3 * classification * (await value(parts.segment));
    for (const [name, lambda] of Object.entries(others)) sum += lambda * (await value(parts[name]));
    expect(await value(total)).toBeCloseTo(sum, 3);
    const { gradients } = differentiate((tree) => estaLoss(tree, config, batch).total, params);
    for (const [path, gradient] of namedLeaves(gradients)) {
      const largest = (await tf.max(tf.abs(gradient)).data())[0];
      // What is added to every key alike changes no attention, so its bias has no slope.
      if (!/(key|query)\/bias$/.test(path)) expect(largest, path).toBeGreaterThan(0);
    }
  }));

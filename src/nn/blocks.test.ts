import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { checkTreeGradient, expectNoLeak, onEachBackend, randomTensor } from './backends.fixture';
import { type BlockCase, blockCases, outputOf, seeded } from './blocks.fixture';
import { expectClose } from './close.fixture';
import { mapTree, namedLeaves, type ParamTree } from './tree';
import { loadWeights, saveWeights } from './weights';

const inputsOf = ({ name, inputs }: BlockCase) =>
  inputs.map((shape, index) => randomTensor(seeded(name).fork(`input${index}`), shape));

/** Biases and position tables start at zero, where a wrong gradient could hide: give every leaf some noise. */
const stirred = ({ name, create }: BlockCase): ParamTree =>
  mapTree(create(seeded(name)), (leaf, path) =>
    /runningVariance$/.test(path) ? leaf : tf.add(leaf, randomTensor(seeded(name).fork(path), [...leaf.shape], 0.2)),
  );

describe.each(blockCases)('$name', (block) => {
  it('gives the shape it promises, finite, with no tensor left behind', () =>
    onEachBackend(async () => {
      const params = block.create(seeded(block.name));
      const inputs = inputsOf(block);
      const output = outputOf(block.run(params, ...inputs));
      expect(output.shape).toEqual(block.output);
      expect((await output.data()).every((value: number) => Number.isFinite(value))).toBe(true);
      await expectNoLeak(() => block.run(params, ...inputs));
      await expectNoLeak(() => block.create(seeded(block.name)));
    }));

  it('has the gradient that finite differences give', () =>
    onEachBackend(async () => {
      const inputs = inputsOf(block);
      const names = inputs.map((_, index) => `input${index}`);
      const tree: ParamTree = {
        params: stirred(block),
        ...Object.fromEntries(names.map((name, index) => [name, inputs[index]])),
      };
      const run = (values: ParamTree) =>
        outputOf(block.run(values.params as ParamTree, ...names.map((name) => values[name] as tf.Tensor)));
      await checkTreeGradient(run, tree, { entries: 4, step: 3e-4, tolerance: 2e-2 });
    }));

  it('gives the same after its weights were stored and loaded', () =>
    onEachBackend(async () => {
      const params = stirred(block);
      const inputs = inputsOf(block);
      const stored = await saveWeights(params, { detector: 'blocks', config: {} });
      const loaded = loadWeights(stored, 'blocks', block.create(seeded('another')));
      await expectClose(outputOf(block.run(loaded, ...inputs)), outputOf(block.run(params, ...inputs)), 0);
    }));

  it('starts from the same weights for the same seed', () =>
    onEachBackend(async (backend) => {
      if (backend !== 'cpu') return;
      const [first, again] = [block.create(seeded('a')), block.create(seeded('a'))].map((tree) => namedLeaves(tree));
      for (const [index, [path, leaf]] of first.entries()) {
        expect(again[index][0]).toBe(path);
        expect(await again[index][1].data()).toEqual(await leaf.data());
      }
    }));
});

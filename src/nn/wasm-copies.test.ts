import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { checkGradient, expectNoLeak, onBackend, randomTensor } from './backends.fixture';
import { expectClose } from './close.fixture';
import { registerWasmCopies } from './wasm-copies';

beforeAll(registerWasmCopies);

const rng = createRng(12);

/** One result as a single tensor, so that both backends can be compared. */
const cases: [string, (x: tf.Tensor) => tf.Tensor][] = [
  ['a slice in one piece', (x) => tf.slice(x, [2, 0, 0], [3, 3, 4])],
  ['a slice of one row', (x) => tf.slice(x, [2, 1, 0], [1, 2, 4])],
  ['a slice to the end', (x) => tf.slice(x, [4, 0, 0], [-1, -1, -1])],
  ['a slice with gaps', (x) => tf.slice(x, [0, 1, 1], [6, 2, 2])],
  ['a split in equal parts', (x) => tf.stack(tf.split(x, 3).toReversed())],
  ['a split in other parts', (x) => tf.concat(tf.split(x, [1, 3, 2]).toReversed())],
  ['a split of columns', (x) => tf.stack(tf.split(x, 2, -1).toReversed())],
  ['unstacked frames', (x) => tf.stack(tf.unstack(x).toReversed())],
  ['unstacked columns', (x) => tf.stack(tf.unstack(x, 2).toReversed())],
  ['a split behind an axis of one', (x) => tf.stack(tf.split(tf.expandDims(x), 2, 1).toReversed())],
];

describe.each(cases)('%s', (_, take) => {
  const values = () => randomTensor(rng.fork('x'), [6, 3, 4]);

  it('is what the processor gives, with its gradient, and leaves nothing behind', async () => {
    let expected: readonly number[] = [];
    await onBackend('cpu', async () => {
      expected = [...(await take(values()).data())];
    });
    await onBackend('wasm', async () => {
      const x = values();
      await expectClose(take(x), expected, 0);
      await checkGradient(take, [x]);
      await expectNoLeak(() => tf.tidy(() => take(x)));
    });
  });
});

it('keeps integers and texts', () =>
  onBackend('wasm', async () => {
    const part = tf.slice(tf.tensor1d([1, 2, 3], 'int32'), 1, 2);
    expect(part.dtype).toBe('int32');
    expect([...(await part.data())]).toEqual([2, 3]);
    expect([...(await tf.slice(tf.tensor1d(['a', 'b', 'c']), 1, 2).data())]).toEqual(['b', 'c']);
  }));

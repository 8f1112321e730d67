/**
 * For tests of tensors: run a body on each backend that Node has, and check gradients against finite differences.
 *
 * ```ts
 * it('doubles', () => onEachBackend(async (backend) => { … }));   // runs on cpu, then wasm; disposes what the body leaves
 * await checkGradient((x, w) => tf.matMul(x, w), [x, w]);          // any output shape; throws where a gradient is wrong
 * await checkTreeGradient((params) => block(params, x), params);   // the same for every leaf of a tree
 * await expectNoLeak(() => block(params, x));                      // no tensor but those returned stays alive
 * const values = randomTensor(rng, [2, 3]);                        // standard normal, from a seeded generator
 * ```
 */
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../lib/rng';
import { registerGradients } from './gradients';
import { namedLeaves, type ParamTree, rebuilt } from './tree';

type NodeBackend = 'cpu' | 'wasm';

/** Run `body` on cpu, then on wasm, with gradients registered. An error's message begins with the backend's name. */
export async function onEachBackend(body: (backend: NodeBackend) => Promise<void> | void): Promise<void> {
  for (const backend of ['cpu', 'wasm'] as const) await onBackend(backend, () => body(backend));
}

/** Run `body` on one backend; tensors that it leaves are disposed. */
export async function onBackend(backend: NodeBackend, body: () => Promise<void> | void): Promise<void> {
  if (backend === 'wasm') {
    setWasmPaths(decodeURIComponent(new URL('.', import.meta.resolve('@tensorflow/tfjs-backend-wasm')).pathname));
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  }
  if (!(await tf.setBackend(backend))) throw new Error(`the ${backend} backend did not start`);
  await registerGradients();
  tf.engine().startScope();
  try {
    await body();
  } catch (cause) {
    if (cause instanceof Error) cause.message = `on ${backend}: ${cause.message}`;
    throw cause;
  } finally {
    tf.engine().endScope();
  }
}

export interface GradientCheck {
  /** Half the distance of a central difference. */
  step?: number;
  /** Largest accepted |analytic − numeric|, as a part of 1 + the largest |gradient| of that input. */
  tolerance?: number;
  /** Entries tried per input, spread evenly over it. */
  entries?: number;
}

/**
 * Compare the gradient of Σ w·f(inputs), w fixed and different for each output, with central differences. Throws an
 * Error that names the input and the entry. Keep inputs away from kinks (ReLU at 0) by more than `step`.
 */
export async function checkGradient(
  f: (...inputs: tf.Tensor[]) => tf.Tensor,
  inputs: tf.Tensor[],
  { step = 1e-2, tolerance = 1e-2, entries = 16 }: GradientCheck = {},
): Promise<void> {
  const analytic = tf.grads((...values: tf.Tensor[]) => {
    const output = f(...values);
    return tf.sum(tf.mul(output, tf.tensor(outputWeights(output.size), output.shape)));
  })(inputs);
  for (const [index, input] of inputs.entries()) {
    const gradient = await analytic[index].data<'float32'>();
    const bound = tolerance * (1 + gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
    const stride = Math.max(1, Math.floor(input.size / entries));
    for (let entry = 0; entry < input.size; entry += stride) {
      const difference = await centralDifference(f, inputs, index, entry, step);
      if (!(Math.abs(difference - gradient[entry]) <= bound)) {
        throw new Error(
          `gradient of input ${index} at ${entry} is ${gradient[entry]}, finite differences give ${difference} (± ${bound})`,
        );
      }
    }
  }
  tf.dispose(analytic);
}

/** `checkGradient` for every leaf of a parameter tree. */
export function checkTreeGradient(
  f: (params: ParamTree) => tf.Tensor,
  params: ParamTree,
  options?: GradientCheck,
): Promise<void> {
  const leaves = namedLeaves(params).map(([, tensor]) => tensor);
  return checkGradient((...values) => f(rebuilt(params, values)), leaves, options);
}

/** Throws where `run` leaves a tensor alive besides those in what it returns, which are disposed here. */
export async function expectNoLeak(
  run: () => tf.TensorContainer | ParamTree | Promise<tf.TensorContainer | ParamTree>,
): Promise<void> {
  const before = tf.memory().numTensors;
  tf.dispose((await run()) as tf.TensorContainer);
  const leaked = tf.memory().numTensors - before;
  if (leaked !== 0) throw new Error(`${leaked} tensors leaked`);
}

/** Standard normal values times `scale`. */
export function randomTensor(rng: Rng, shape: number[], scale = 1): tf.Tensor {
  const size = shape.reduce((product, side) => product * side, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => scale * rng.normal()),
    shape,
  );
}

/** 0.5 … 1.5, different for neighbours, so that no output can hide behind another. */
const outputWeights = (size: number) =>
  Float32Array.from({ length: size }, (_, index) => 0.5 + ((index * 0.618034) % 1));

async function centralDifference(
  f: (...inputs: tf.Tensor[]) => tf.Tensor,
  inputs: tf.Tensor[],
  index: number,
  entry: number,
  step: number,
): Promise<number> {
  const above = await weightedSum(f, inputs, index, entry, step);
  const below = await weightedSum(f, inputs, index, entry, -step);
  return (above - below) / (2 * step);
}

/** Summed in double precision: a float32 sum would drown the difference. */
async function weightedSum(
  f: (...inputs: tf.Tensor[]) => tf.Tensor,
  inputs: tf.Tensor[],
  index: number,
  entry: number,
  change: number,
): Promise<number> {
  const values = Float32Array.from(await inputs[index].data());
  values[entry] += change;
  const output = tf.tidy(() => f(...inputs.map((x, other) => (other === index ? tf.tensor(values, x.shape) : x))));
  const outputs = await output.data<'float32'>();
  output.dispose();
  const weights = outputWeights(outputs.length);
  return outputs.reduce((sum, value, at) => sum + value * weights[at], 0);
}

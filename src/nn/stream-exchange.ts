/** Two streams that tell each other what they see: each takes from the other what a gate lets through. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../lib/rng';
import { createDense, type DenseParams, dense } from './dense';

type TakeParams = { value: DenseParams; gateOwn: DenseParams; gateOther: DenseParams };

/** By stream: what it takes from the other. */
export type StreamExchangeParams = { readonly [stream: string]: TakeParams };

/** Throws RangeError unless there are two streams. */
export function createStreamExchange(
  rng: Rng,
  { streams, channels }: { streams: readonly string[]; channels: number },
): StreamExchangeParams {
  if (streams.length !== 2) throw new RangeError(`an exchange is between two streams, got [${streams}]`);
  const square = { inputs: channels, outputs: channels };
  const create = (random: Rng): TakeParams => ({
    value: createDense(random.fork('value'), square),
    gateOwn: createDense(random.fork('gateOwn'), square),
    gateOther: createDense(random.fork('gateOther'), square),
  });
  return Object.fromEntries(streams.map((stream) => [stream, create(rng.fork(stream))]));
}

/** X' = X + σ(G·X + H·Y)∘(V·Y) for both streams X and Y [..., channels] of one shape (ESTA section 3.1 names the interaction; the formula is ours). */
export function streamExchange<T extends tf.Tensor>(
  params: StreamExchangeParams,
  streams: { readonly [stream: string]: T },
): { [stream: string]: T } {
  const [first, second] = Object.keys(params);
  const take = (own: string, other: string): T =>
    tf.tidy(() => {
      const { value, gateOwn, gateOther } = params[own];
      const gate = tf.sigmoid(tf.add(dense(gateOwn, streams[own]), dense(gateOther, streams[other])));
      return tf.add(streams[own], tf.mul(gate, dense(value, streams[other]))) as T;
    });
  return { [first]: take(first, second), [second]: take(second, first) };
}

/** What the learned half is trained on and for: windows of planted clips, a label per object and per frame. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../../../lib/rng';
import { crossEntropies } from '../../../nn/losses';
import { temporalConfidenceLoss } from '../../../nn/sequence-losses';
import type { ParamTree } from '../../../nn/tree';
import { FRAME_CUES } from '../dense-cues';
import { OBJECT_CUES } from '../object-cues';
import { type LearnedParams, learned, type TokenTensors } from './network';
import { HORIZONTAL, PICTURE, STANDARDS, TOKEN_CUES, type Token, type TokenCue, type TokenStandard } from './tokens';

/** A frame of a training clip; one label per token, the picture's first, which tells whether anything is abnormal. */
export interface LabelledTokens {
  tokens: Token[];
  labels: number[];
}

export interface WindowOptions {
  /** Windows of a batch, frames of a window, places for tracks in it (the picture's included). */
  windows: number;
  frames: number;
  places: number;
}

export const windowDefaults: WindowOptions = { windows: 16, frames: 24, places: 16 };

/** Tensors of one step; all windows side by side: places w·n … w·n + n − 1 are those of window w. */
export interface LearnedBatch {
  [name: string]: tf.Tensor;
  appearance: tf.Tensor3D;
  context: tf.Tensor3D;
  motion: tf.Tensor3D;
  present: tf.Tensor2D;
  picture: tf.Tensor2D;
  /** Per track [T, N], and per window and frame [windows, T]. */
  labels: tf.Tensor2D;
  frameLabels: tf.Tensor2D;
}

/**
 * In another scene a cue may say more or less, or nothing: in each window every cue is scaled by e^(JITTER·N(0, 1)), and forgotten
 * with this probability.
 */
const JITTER = 0.35;
const FORGOTTEN = 0.12;
const POSITIVE_WEIGHT = 2;
/** Logit of a place without a token. */
const ABSENT = -30;

/** Windows drawn from the clips, each clip as likely as any other of its scene; half of them mirrored, the cues of each scaled at random. */
export function drawWindows(
  scenes: readonly LabelledTokens[][][],
  { windows, frames, places }: WindowOptions,
  rng: Rng,
): LearnedBatch {
  const arrays = tokenArrays(frames, windows * places);
  const labels = new Float32Array(frames * windows * places);
  const frameLabels = new Float32Array(windows * frames);
  for (let window = 0; window < windows; window++) {
    const clip = rng.pick(rng.pick(scenes));
    const start = rng.int(Math.max(1, clip.length - frames + 1));
    const mirror = rng.int(2) === 1 ? -1 : 1;
    const placeOf = placesFor(clip.slice(start, start + frames), places);
    const gain = drawGains(rng);
    for (let t = 0; t < frames; t++) {
      const frame = clip[Math.min(clip.length - 1, start + t)];
      frameLabels[window * frames + t] = frame.labels[0];
      frame.tokens.forEach((token, index) => {
        const place = placeOf.get(token.trackId);
        if (place === undefined) return;
        const at = (t * windows + window) * places + place;
        labels[at] = frame.labels[index];
        put(arrays, at, token);
        for (const cue of NAMES) rescale(arrays[cue], at * TOKEN_CUES[cue], STANDARDS[cue], gain);
        arrays.motion[at * TOKEN_CUES.motion + HORIZONTAL] *= mirror;
      });
    }
  }
  return {
    ...tokenTensors(arrays, frames, windows * places),
    labels: tf.tensor2d(labels, [frames, windows * places]),
    frameLabels: tf.tensor2d(frameLabels, [windows, frames]),
  };
}

type Gains = Record<(typeof GAINED)[number], number>;

/** In the order in which random numbers are drawn for them: another one would be another training. */
const GAINED = [...OBJECT_CUES, ...FRAME_CUES];

const drawGains = (rng: Rng) =>
  Object.fromEntries(GAINED.map((cue) => [cue, rng.next() < FORGOTTEN ? 0 : Math.exp(JITTER * rng.normal())])) as Gains;

function rescale(values: Float32Array, from: number, cues: readonly (TokenStandard | null)[], gain: Gains) {
  cues.forEach((cue, index) => {
    if (cue) values[from + index] *= gain[cue];
  });
}

/** A whole clip, each of its tracks in a place of its own. */
function clipTensors(clip: readonly LabelledTokens[]): TokenTensors {
  const placeOf = placesFor(clip, Number.POSITIVE_INFINITY);
  const arrays = tokenArrays(clip.length, placeOf.size);
  clip.forEach(({ tokens }, t) => {
    for (const token of tokens) put(arrays, t * placeOf.size + (placeOf.get(token.trackId) as number), token);
  });
  return tokenTensors(arrays, clip.length, placeOf.size);
}

type TokenArrays = Record<TokenCue | 'present' | 'picture', Float32Array>;
const NAMES = Object.keys(TOKEN_CUES) as TokenCue[];

function tokenArrays(frames: number, places: number): TokenArrays {
  const array = (values: number) => new Float32Array(frames * places * values);
  const { appearance, context, motion } = TOKEN_CUES;
  return {
    appearance: array(appearance),
    context: array(context),
    motion: array(motion),
    present: array(1),
    picture: array(1),
  };
}

function put(arrays: TokenArrays, at: number, token: Token) {
  arrays.present[at] = 1;
  arrays.picture[at] = token.trackId === PICTURE ? 1 : 0;
  for (const cue of NAMES) arrays[cue].set(token[cue], at * TOKEN_CUES[cue]);
}

function tokenTensors(arrays: TokenArrays, frames: number, places: number) {
  const cue = (name: TokenCue) => tf.tensor3d(arrays[name], [frames, places, TOKEN_CUES[name]]);
  return {
    appearance: cue('appearance'),
    context: cue('context'),
    motion: cue('motion'),
    present: tf.tensor2d(arrays.present, [frames, places]),
    picture: tf.tensor2d(arrays.picture, [frames, places]),
  };
}

/** A place for each track of the window, those seen longest first; the picture has place 0. */
function placesFor(frames: readonly LabelledTokens[], places: number): Map<number, number> {
  const seen = new Map<number, number>();
  for (const { tokens } of frames)
    for (const { trackId } of tokens) seen.set(trackId, (seen.get(trackId) ?? 0) + 1 + (trackId === PICTURE ? 1e6 : 0));
  const longest = [...seen].sort((a, b) => b[1] - a[1]).slice(0, places);
  return new Map(longest.map(([trackId], place) => [trackId, place]));
}

/** How much each term of the loss counts. */
export const LEARNED_WEIGHTS = { objects: 1, frames: 1 };

/** Cross-entropy per object, and per frame of its most unusual token, weighted by temporal confidence. */
export function learnedLoss(
  params: ParamTree,
  batch: LearnedBatch,
  { windows, frames, places }: WindowOptions,
  weights = LEARNED_WEIGHTS,
) {
  const { logits } = learned(params as unknown as LearnedParams, batch);
  const objects = tf.mul(batch.present, tf.sub(1, batch.picture));
  const perObject = tf.mul(crossEntropies(logits, batch.labels, POSITIVE_WEIGHT), objects);
  const parts: Record<string, tf.Scalar> = {
    objects: tf.div(tf.sum(perObject), tf.maximum(tf.sum(objects), 1)),
    frames: temporalConfidenceLoss(frameLogits(logits, batch.present, windows, frames, places), batch.frameLabels),
  };
  const total = tf.add(tf.mul(parts.objects, weights.objects), tf.mul(parts.frames, weights.frames)) as tf.Scalar;
  return { total, parts };
}

/** Smooth maximum over the tokens that are there: log Σ exp, [windows, T]. */
function frameLogits(logits: tf.Tensor2D, present: tf.Tensor2D, windows: number, frames: number, places: number) {
  const counted = tf.add(tf.mul(logits, present), tf.mul(tf.sub(1, present), ABSENT));
  const highest = tf.logSumExp(tf.reshape(counted, [frames, windows, places]), 2); // [T, windows]
  return tf.transpose(highest) as tf.Tensor2D;
}

/** Logit of each frame of a whole clip, to validate on. */
export async function clipLogits(params: LearnedParams, clip: readonly LabelledTokens[]): Promise<Float32Array> {
  const logits = tf.tidy(() => {
    const tokens = clipTensors(clip);
    const places = tokens.present.shape[1];
    return tf.squeeze(frameLogits(learned(params, tokens).logits, tokens.present, 1, clip.length, places), [0]);
  });
  const values = (await logits.data()) as Float32Array;
  logits.dispose();
  return values;
}

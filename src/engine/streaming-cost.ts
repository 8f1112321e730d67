/** What one new frame costs a network that keeps what it needs, against computing the whole clip anew; and that both say the same. */
import * as tf from '@tensorflow/tfjs-core';
import { estaConfigs } from '../detectors/esta/config';
import { createEsta, esta, estaState, estaStep } from '../detectors/esta/network';
import { createLearned, learnedConfig } from '../detectors/hybrid/learned/network';
import { PICTURE, TOKEN_CUES, type Token } from '../detectors/hybrid/learned/tokens';
import { TrackScorer } from '../detectors/hybrid/learned/track-scorer';
import { clipLogits } from '../detectors/hybrid/learned/training';
import { stadnetConfigs } from '../detectors/stadnet/config';
import { createStadnet, stadnet, stadnetState, stadnetStep } from '../detectors/stadnet/network';
import { COLOUR_CHANNELS, MOTION_CHANNELS } from '../detectors/streams/stream-inputs';
import { createRng } from '../lib/rng';
import { quantile } from '../lib/statistics';
import { storedLeaves } from '../nn/stored-weights';
import { advance, disposeState } from '../nn/stream-state';
import { disposeTree, type ParamTree } from '../nn/tree';
import { saveWeights } from '../nn/weights';

/** The paper's clip, ten frames a second. */
const FRAMES = 32;
const [HEIGHT, WIDTH] = [27, 48];
const TIMES_S = Array.from({ length: FRAMES }, (_, index) => index / 10);
/** Things followed at once. */
const TRACKS = 12;
/** How often a clip is computed anew and timed. */
const WHOLE_RUNS = 5;

export interface StreamingCost {
  network: string;
  frames: number;
  /** Medians. */
  stepMs: number;
  wholeMs: number;
  timesCheaper: number;
  /** Between the last frame's logits of both ways. */
  largestDifference: number;
}

/** What ships, or the sizes of the papers. */
export const NETWORK_SIZES = ['balanced', 'paper'] as const;
type NetworkSize = (typeof NETWORK_SIZES)[number];

/** On the backend that runs. The learned half of hybrid has one size: its paper gives none. */
export async function streamingCosts(size: NetworkSize = 'balanced'): Promise<StreamingCost[]> {
  const networks = [await stadnetCost(size), await estaCost(size)];
  return size === 'balanced' ? [...networks, await learnedHalfCost()] : networks;
}

const named = (network: string, size: NetworkSize) => (size === 'paper' ? `${network}, the paper’s size` : network);

type Clip = { motion: tf.Tensor4D; colour: tf.Tensor4D };

function randomClip(): Clip {
  const plane = (channels: number, seed: number) =>
    tf.randomNormal<tf.Rank.R4>([FRAMES, HEIGHT, WIDTH, channels], 0, 1, 'float32', seed);
  return { motion: plane(MOTION_CHANNELS, 1), colour: plane(COLOUR_CHANNELS, 2) };
}

const frameOf = ({ motion, colour }: Clip, index: number): Clip => ({
  motion: tf.slice(motion, index, 1),
  colour: tf.slice(colour, index, 1),
});

async function stadnetCost(size: NetworkSize): Promise<StreamingCost> {
  const params = createStadnet(createRng(1), stadnetConfigs[size]);
  const clip = randomClip();
  let state = stadnetState(params, [HEIGHT, WIDTH]);
  const cost = await compared(named('stadnet', size), {
    step(index) {
      const next = advance(state, (held) => stadnetStep(params, held, frameOf(clip, index)));
      state = next.state;
      return readAndDispose(next.output, 0);
    },
    whole: () => readAndDispose(stadnet(params, clip), FRAMES - 1),
  });
  disposeState(state);
  disposeTree(params as ParamTree);
  tf.dispose(clip);
  return cost;
}

async function estaCost(size: NetworkSize): Promise<StreamingCost> {
  const config = estaConfigs[size];
  const params = createEsta(createRng(1), config);
  const clip = randomClip();
  let state = estaState(params, [HEIGHT, WIDTH]);
  const cost = await compared(named('esta', size), {
    step(index) {
      const next = advance(state, (held) => estaStep(params, config, held, frameOf(clip, index), TIMES_S[index]));
      state = next.state;
      return readAndDispose(next.output, 0);
    },
    whole: () => readAndDispose(esta(params, config, clip, [TIMES_S]), FRAMES - 1),
  });
  disposeState(state);
  disposeTree(params as ParamTree);
  tf.dispose(clip);
  return cost;
}

/** The learned half of hybrid streams on plain arrays; whole clips are its network's. */
async function learnedHalfCost(): Promise<StreamingCost> {
  const rng = createRng(1);
  const params = createLearned(rng, learnedConfig);
  const stored = await saveWeights(params as ParamTree, { detector: 'hybrid', config: learnedConfig });
  const scorer = new TrackScorer(new Map(storedLeaves(stored, 'hybrid').map(({ path, values }) => [path, values])));
  const token = (trackId: number): Token => {
    const values = (count: number) => Float32Array.from({ length: count }, () => rng.normal());
    const own = (count: number) => (trackId === PICTURE ? new Float32Array(count) : values(count));
    return {
      trackId,
      appearance: own(TOKEN_CUES.appearance),
      context: values(TOKEN_CUES.context),
      motion: own(TOKEN_CUES.motion),
    };
  };
  const tracks = [PICTURE, ...Array.from({ length: TRACKS }, (_, index) => index + 1)];
  const clip = TIMES_S.map(() => ({ tokens: tracks.map(token), labels: tracks.map(() => 0) }));
  const cost = await compared('hybrid, learned half', {
    async step(index) {
      const scores = scorer.step(clip[index].tokens);
      return [Math.log(scores.reduce((sum, { logit }) => sum + Math.exp(logit), 0))];
    },
    whole: async () => [(await clipLogits(params, clip))[FRAMES - 1]],
  });
  disposeTree(params as ParamTree);
  return cost;
}

/** Logits of one frame; all tensors are given back. */
async function readAndDispose(output: { logits: tf.Tensor4D }, frame: number): Promise<ArrayLike<number>> {
  const logits = tf.tidy(() => tf.slice(output.logits, frame, 1));
  const values = await logits.data();
  tf.dispose([logits, output as unknown as tf.TensorContainer]);
  return values;
}

interface TwoWays {
  /** The frame of this number, after those before it. */
  step(index: number): Promise<ArrayLike<number>>;
  whole(): Promise<ArrayLike<number>>;
}

/** The first half of the steps fills the memory and is not timed; whole clips and steps are timed in one run. */
async function compared(network: string, { step, whole }: TwoWays): Promise<StreamingCost> {
  const [stepMs, wholeMs]: number[][] = [[], []];
  let last: ArrayLike<number> = [];
  for (let index = 0; index < FRAMES; index++) {
    const begun = performance.now();
    last = await step(index);
    if (index >= FRAMES / 2) stepMs.push(performance.now() - begun);
  }
  let anew: ArrayLike<number> = [];
  for (let run = 0; run <= WHOLE_RUNS; run++) {
    const begun = performance.now();
    anew = await whole();
    if (run > 0) wholeMs.push(performance.now() - begun);
  }
  const [one, all] = [quantile(stepMs, 0.5), quantile(wholeMs, 0.5)];
  return {
    network,
    frames: FRAMES,
    stepMs: one,
    wholeMs: all,
    timesCheaper: all / one,
    largestDifference: Math.max(...Array.from(last, (value, at) => Math.abs(value - anew[at]))),
  };
}

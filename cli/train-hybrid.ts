/** The learned half of hybrid as a training task: tokens of planted clips, and the AUC of those that were left out. */

import { LearningError } from '../src/detectors/detector';
import type { HybridFeatures } from '../src/detectors/hybrid/features';
import { createLearned, type LearnedParams, learnedConfig } from '../src/detectors/hybrid/learned/network';
import { frameTokens, type Token } from '../src/detectors/hybrid/learned/tokens';
import {
  clipLogits,
  drawWindows,
  type LabelledTokens,
  LEARNED_WEIGHTS,
  type LearnedBatch,
  learnedLoss,
  windowDefaults,
} from '../src/detectors/hybrid/learned/training';
import { fitScene, type HybridModel } from '../src/detectors/hybrid/scene';
import { CueReader } from '../src/detectors/hybrid/scorer';
import type { TrainingTask } from '../src/engine/trainer';
import { type Box, boxArea, intersectionArea } from '../src/lib/box';
import type { ParamTree } from '../src/nn/tree';
import type { ExtractedClip } from './extracted-clip';
import { lossWithout } from './loss-without';
import { type ExtractedScene, splitPlanted } from './training-scenes';
import { meanMissing, spokenAuc, validationAuc } from './validation-auc';

/** A scene as clips of tokens, some left out to validate on. */
interface TokenScene {
  name: string;
  training: LabelledTokens[][];
  validation: LabelledTokens[][];
}

/** An object that shares this much of itself, or of what was planted, with it is what was planted. */
const SAME = 0.4;

/**
 * Learns the scene on all of its normal clips, and on each half of them, so that the network does not rely on one way in which a
 * scene was learned; tokens of the other clips are judged against each. Validation has the scene that knows most.
 */
async function hybridScene({ name, normal, rest, planted }: ExtractedScene, seed: number): Promise<TokenScene> {
  const split = splitPlanted(planted);
  const clips = [...rest, ...split.training];
  const full = await learnedFrom(normal, seed);
  const training = clips.map((clip) => labelledTokens(clip, full));
  const halves = halvesOf(normal);
  for (const which of [0, 1]) {
    const half = await learnedFrom(halves[which], seed + 1 + which).catch(nullWhereTooLittle);
    if (half) training.push(...[...clips, ...halves[1 - which]].map((clip) => labelledTokens(clip, half)));
  }
  return { name, training, validation: split.validation.map((clip) => labelledTokens(clip, full)) };
}

const learnedFrom = async (clips: readonly ExtractedClip[], seed: number) => {
  const scene = await fitScene(
    clips.map((clip) => clip.frames.map(({ features }) => features as HybridFeatures)),
    { seed },
  );
  return scene.model as HybridModel;
};

function nullWhereTooLittle(error: unknown): null {
  if (error instanceof LearningError) return null;
  throw error;
}

/** Every second clip, or the halves of the one clip. */
function halvesOf(clips: readonly ExtractedClip[]): [ExtractedClip[], ExtractedClip[]] {
  if (clips.length > 1) return [clips.filter((_, index) => index % 2 === 0), clips.filter((_, index) => index % 2)];
  const cut = (clip: ExtractedClip, from: number, to: number) => ({ ...clip, frames: clip.frames.slice(from, to) });
  const middle = (clip: ExtractedClip) => clip.frames.length >> 1;
  return [
    clips.map((clip) => cut(clip, 0, middle(clip))),
    clips.map((clip) => cut(clip, middle(clip), clip.frames.length)),
  ];
}

function labelledTokens({ frames }: ExtractedClip, { memory, scales }: HybridModel): LabelledTokens[] {
  const reader = new CueReader(memory);
  return frames.map(({ features: given, maskRuns, truth }) => {
    const features = given as HybridFeatures;
    const tokens: Token[] = frameTokens(features, reader.read(features), scales, memory.objects);
    const objects = features.objects.map(({ box }) => (truth.some((planted) => same(planted, box)) ? 1 : 0));
    return { tokens, labels: [maskRuns?.length ? 1 : 0, ...objects] };
  });
}

const same = (a: Box, b: Box) => intersectionArea(a, b) > SAME * Math.min(boxArea(a), boxArea(b));

export async function tokenScenes(extracted: readonly ExtractedScene[], seed: number): Promise<TokenScene[]> {
  const scenes: TokenScene[] = [];
  for (const scene of extracted) scenes.push(await hybridScene(scene, seed));
  return scenes;
}

/** `without`: a term of the loss that is not to count. */
export function hybridTask(scenes: readonly TokenScene[], without?: string): TrainingTask<LearnedBatch> {
  const weights = lossWithout(LEARNED_WEIGHTS, without);
  const training = scenes.map((scene) => scene.training);
  return {
    detector: 'hybrid',
    config: learnedConfig,
    create: (rng) => createLearned(rng, learnedConfig) as ParamTree,
    batch: async (rng) => drawWindows(training, windowDefaults, rng),
    loss: (params, batch) => learnedLoss(params, batch, windowDefaults, weights),
    ...(scenes.some(({ validation }) => validation.length) && { validate }),
  };

  async function validate(params: ParamTree): Promise<number> {
    const validated: { auc: number | null; share: number }[] = [];
    for (const { name, validation } of scenes) {
      if (!validation.length) continue;
      const scores: number[] = [];
      for (const clip of validation) scores.push(...(await clipLogits(params as unknown as LearnedParams, clip)));
      const auc = validationAuc(
        scores,
        validation.flat().map(({ labels }) => labels[0]),
      );
      console.error(`  ${name}: ${spokenAuc(auc)}`);
      validated.push({ auc, share: 1 });
    }
    return meanMissing(validated);
  }
}

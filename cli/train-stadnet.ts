/** STADNet as a training task: batches from scenes, loss, and the AUC of planted clips that were left out. */
import { stadnetConfigs } from '../src/detectors/stadnet/config';
import type { StadnetParams } from '../src/detectors/stadnet/network';
import {
  createParams,
  highestLogits,
  type StadnetBatch,
  stadnetBatch,
  stadnetLoss,
} from '../src/detectors/stadnet/training';
import type { SceneMemory } from '../src/detectors/streams/scene-memory';
import { streamInputs } from '../src/detectors/streams/stream-inputs';
import { drawStretches, stretchDefaults, type TrainingClip } from '../src/detectors/streams/training-stretches';
import type { TrainingTask } from '../src/engine/trainer';
import { rocAuc } from '../src/metrics/roc';
import type { ParamTree } from '../src/nn/tree';
import type { SplitScene } from './training-scenes';

/** Frames of a clip that are looked at in validation. */
const VALIDATED_FRAMES = 160;

export function stadnetTask(scenes: readonly SplitScene[]): TrainingTask<StadnetBatch> {
  const config = stadnetConfigs.balanced;
  const training = scenes.map(({ training }) => training);
  return {
    detector: 'stadnet',
    config,
    create: createParams(config),
    batch: async (rng) =>
      stadnetBatch(
        drawStretches(training, stretchDefaults, rng.fork('stretches')),
        config.vae.latents,
        rng.fork('noise'),
      ),
    loss: (params, batch, updates) => stadnetLoss(params, batch, stretchDefaults.clips, updates),
    validate: async (params) => {
      const missing = await Promise.all(
        scenes
          .filter(({ validation }) => validation.length)
          .map(async ({ name, validation, training: { memories } }) => {
            const auc = await validationAuc(params, validation, memories[0]);
            console.error(`  ${name}: AUC ${auc.toFixed(3)}`);
            return 1 - auc;
          }),
      );
      return missing.reduce((sum, value) => sum + value, 0) / Math.max(1, missing.length);
    },
  };
}

/** Micro AUC of the highest place per frame, over clips of one scene. */
async function validationAuc(params: ParamTree, clips: readonly TrainingClip[], memory: SceneMemory): Promise<number> {
  const scores: number[] = [];
  const labels: number[] = [];
  for (const { frames, abnormal } of clips) {
    const inputs = frames.slice(0, VALIDATED_FRAMES).map((frame) => streamInputs(frame, memory));
    scores.push(...(await highestLogits(params as unknown as StadnetParams, inputs)));
    labels.push(...abnormal.slice(0, inputs.length).map((cells) => (cells ? 1 : 0)));
  }
  return rocAuc(scores, labels);
}

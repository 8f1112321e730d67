/** The network detectors as training tasks: batches from scenes, loss, and the AUC of planted clips that were left out. */
import { estaConfigs } from '../src/detectors/esta/config';
import { createEsta, type EstaParams, esta } from '../src/detectors/esta/network';
import { ESTA_WEIGHTS, estaLoss } from '../src/detectors/esta/training';
import { highestLogits, type NetworkBatch, networkBatch } from '../src/detectors/network-scene/training';
import { stadnetConfigs } from '../src/detectors/stadnet/config';
import { createStadnet, type StadnetParams, stadnet } from '../src/detectors/stadnet/network';
import { STADNET_WEIGHTS, type StadnetBatch, stadnetBatch, stadnetLoss } from '../src/detectors/stadnet/training';
import type { SceneMemory } from '../src/detectors/streams/scene-memory';
import { type StreamInputs, streamInputs } from '../src/detectors/streams/stream-inputs';
import { drawStretches, stretchDefaults, type TrainingClip } from '../src/detectors/streams/training-stretches';
import type { TrainingTask } from '../src/engine/trainer';
import type { ParamTree } from '../src/nn/tree';
import { lossWithout } from './loss-without';
import type { SplitScene } from './training-scenes';
import { meanMissing, spokenAuc, validationAuc } from './validation-auc';

/** Frames of a clip that are looked at in validation. */
const VALIDATED_FRAMES = 160;

/** `without`: a term of the loss that is not to count. */
export function stadnetTask(scenes: readonly SplitScene[], without?: string): TrainingTask<StadnetBatch> {
  const weights = lossWithout(STADNET_WEIGHTS, without);
  const config = stadnetConfigs.balanced;
  const training = scenes.map(({ training }) => training);
  return {
    detector: 'stadnet',
    config,
    create: (rng) => createStadnet(rng, config) as ParamTree,
    batch: async (rng) => {
      const stretches = drawStretches(training, stretchDefaults, rng.fork('stretches'));
      return stadnetBatch(stretches, config.vae.latents, rng.fork('noise'));
    },
    loss: (params, batch, updates) => stadnetLoss(params, batch, updates, weights),
    ...validated(
      scenes,
      (params) => (clip) => highestLogits(clip, (streams) => stadnet(params as unknown as StadnetParams, streams)),
    ),
  };
}

/** Longer than STADNet's, and up to three frames apart: 1 to 4 s, so that every range of time has something to look at. Crops that windows of 7×7 places divide. */
const estaStretches = { ...stretchDefaults, clips: 3, length: 12, stride: 3, height: 28, width: 28 };

/** `without`: a term of the loss that is not to count. */
export function estaTask(scenes: readonly SplitScene[], without?: string): TrainingTask<NetworkBatch> {
  const weights = lossWithout(ESTA_WEIGHTS, without);
  const config = estaConfigs.balanced;
  const training = scenes.map(({ training }) => training);
  return {
    detector: 'esta',
    config,
    create: (rng) => createEsta(rng, config) as ParamTree,
    batch: async (rng) => networkBatch(drawStretches(training, estaStretches, rng)),
    loss: (params, batch) => estaLoss(params, config, batch, weights),
    ...validated(
      scenes,
      (params) => (clip) =>
        highestLogits(clip, (streams) =>
          esta(params as unknown as EstaParams, config, streams, [clip.map(({ timeS }) => timeS)]),
        ),
    ),
  };
}

type Classify = (clip: readonly StreamInputs[]) => Promise<Float32Array>;

/** Nothing to validate on where no planted clip is left out. */
const validated = (scenes: readonly SplitScene[], classifier: (params: ParamTree) => Classify) =>
  scenes.some(({ validation }) => validation.length) && {
    validate: (params: ParamTree) => missingAuc(scenes, classifier(params)),
  };

/** 1 − AUC of the highest logits of the clips left out, mean over scenes by their shares. */
async function missingAuc(scenes: readonly SplitScene[], classify: Classify): Promise<number> {
  const validated: { auc: number | null; share: number }[] = [];
  for (const { name, validation, training } of scenes) {
    if (!validation.length) continue;
    const auc = await sceneAuc(classify, validation, training.memories[0]);
    console.error(`  ${name}: ${spokenAuc(auc)}`);
    validated.push({ auc, share: training.share });
  }
  return meanMissing(validated);
}

/** Micro AUC of the highest place per frame, over clips of one scene; null where all frames are of one kind. */
async function sceneAuc(
  classify: Classify,
  clips: readonly TrainingClip[],
  memory: SceneMemory,
): Promise<number | null> {
  const scores: number[] = [];
  const labels: number[] = [];
  for (const { frames, abnormal } of clips) {
    const inputs = frames.slice(0, VALIDATED_FRAMES).map((frame) => streamInputs(frame, memory));
    scores.push(...(await classify(inputs)));
    labels.push(...abnormal.slice(0, inputs.length).map((cells) => (cells ? 1 : 0)));
  }
  return validationAuc(scores, labels);
}

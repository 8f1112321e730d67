/** STADNet as a training task on streams without a picture, small enough for a few updates in any browser. */
import { stadnetConfigs } from '../detectors/stadnet/config';
import { createStadnet } from '../detectors/stadnet/network';
import { type StadnetBatch, stadnetBatch, stadnetLoss } from '../detectors/stadnet/training';
import { learnSceneMemory } from '../detectors/streams/scene-memory';
import { walkingClip } from '../detectors/streams/streams.fixture';
import { drawStretches, stretchDefaults } from '../detectors/streams/training-stretches';
import type { ParamTree } from '../nn/tree';
import type { TrainingTask } from './trainer';

const frames = walkingClip({ seconds: 4 });
const scene = {
  share: 1,
  memories: [learnSceneMemory(walkingClip({ seed: 2 }), 1)],
  normal: [{ frames, abnormal: frames.map(() => null) }],
  planted: [],
};
const stretches = { ...stretchDefaults, clips: 2, length: 4, height: 12, width: 16, pseudo: 1, planted: 0 };
const config = stadnetConfigs.balanced;

export const walkingTask: TrainingTask<StadnetBatch> = {
  detector: 'stadnet',
  config,
  create: (rng) => createStadnet(rng, config) as ParamTree,
  batch: async (rng) =>
    stadnetBatch(drawStretches([scene], stretches, rng.fork('stretches')), config.vae.latents, rng.fork('noise')),
  loss: (params, batch, updates) => stadnetLoss(params, batch, updates),
};

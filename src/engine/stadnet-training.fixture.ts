/** STADNet as a training task on streams without a picture, small enough for a few updates in any browser. */
import { stadnetConfigs } from '../detectors/stadnet/config';
import { createStadnet } from '../detectors/stadnet/network';
import { type StadnetBatch, stadnetBatch, stadnetLoss } from '../detectors/stadnet/training';
import { smallStretches, walkingScene } from '../detectors/streams/streams.fixture';
import { drawStretches } from '../detectors/streams/training-stretches';
import type { ParamTree } from '../nn/tree';
import type { TrainingTask } from './trainer';

const scene = walkingScene();
const config = stadnetConfigs.balanced;

export const walkingTask: TrainingTask<StadnetBatch> = {
  detector: 'stadnet',
  config,
  create: (rng) => createStadnet(rng, config) as ParamTree,
  batch: async (rng) =>
    stadnetBatch(drawStretches([scene], smallStretches, rng.fork('stretches')), config.vae.latents, rng.fork('noise')),
  loss: (params, batch, updates) => stadnetLoss(params, batch, updates),
};

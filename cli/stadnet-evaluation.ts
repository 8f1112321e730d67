/** STADNet as the evaluation needs it: streams per frame, then a scene learned on them, then judgement by the shipped network. */
import { NetworkJudge } from '../src/detectors/network-scene/judge';
import { fitNetworkScene } from '../src/detectors/network-scene/scene';
import { createStadnetRunner } from '../src/detectors/stadnet/runner';
import { stadnetSceneKind } from '../src/detectors/stadnet/scene-kind';
import { STREAM_CELLS, StreamExtractor } from '../src/detectors/streams/stream-extractor';
import type { StreamFrame } from '../src/detectors/streams/stream-frame';
import type { EvaluationDetector } from './evaluation-contract';
import { readWeights } from './file-checkpoint';
import { startTensors } from './tensors';

const WEIGHTS = 'public/models/stadnet/weights';

/** With `gradients`, a scene's VAE can be fitted. */
async function createRunner(gradients: boolean) {
  await startTensors({ gradients });
  const stored = await readWeights(WEIGHTS);
  if (!stored)
    throw new Error(`There are no weights at ${WEIGHTS}; train them: npm run train -- --detector stadnet --data DIR.`);
  return createStadnetRunner(stored);
}

export const stadnet: EvaluationDetector = {
  name: 'stadnet',
  config: { cells: STREAM_CELLS },
  async createExtractor() {
    const extractor = new StreamExtractor();
    return { extract: async (frame) => extractor.step(frame), reset: () => extractor.reset() };
  },
  async fit(clips, seed) {
    const runner = await createRunner(true);
    try {
      return await fitNetworkScene(stadnetSceneKind, clips as StreamFrame[][], runner, { seed });
    } finally {
      runner.dispose();
    }
  },
  async createJudge(scene) {
    const judge = new NetworkJudge(stadnetSceneKind, scene, await createRunner(false));
    return { step: (features) => judge.step(features as StreamFrame) };
  },
};

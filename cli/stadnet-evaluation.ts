/** STADNet as the evaluation needs it: streams per frame, then a scene learned on them, then judgement by the shipped network. */
import { NetworkJudge } from '../src/detectors/network-scene/judge';
import { fitNetworkScene } from '../src/detectors/network-scene/scene';
import { stadnetSceneKind } from '../src/detectors/stadnet/scene-kind';
import { STREAM_CELLS, StreamExtractor } from '../src/detectors/streams/stream-extractor';
import type { StreamFrame } from '../src/detectors/streams/stream-frame';
import { createNetwork } from './detector-tools';
import type { EvaluationDetector } from './evaluation-contract';

export const stadnet: EvaluationDetector = {
  name: 'stadnet',
  config: { cells: STREAM_CELLS },
  async createExtractor() {
    const extractor = new StreamExtractor();
    return { extract: async (frame) => extractor.step(frame), reset: () => extractor.reset() };
  },
  async fit(clips, seed) {
    const network = await createNetwork('stadnet');
    try {
      return await fitNetworkScene(stadnetSceneKind, clips as StreamFrame[][], network, { seed });
    } finally {
      network.dispose();
    }
  },
  async createJudge(scene) {
    const judge = new NetworkJudge(stadnetSceneKind, scene, await createNetwork('stadnet'));
    return { step: (features) => judge.step(features as StreamFrame) };
  },
};

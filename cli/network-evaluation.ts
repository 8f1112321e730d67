/** The network detectors as the evaluation needs them: streams per frame, then a scene learned on them, then judgement by the shipped network. */
import { NetworkJudge } from '../src/detectors/network-scene/judge';
import { fitNetworkScene, type NetworkSceneKind } from '../src/detectors/network-scene/scene';
import { STREAM_CELLS, StreamExtractor } from '../src/detectors/streams/stream-extractor';
import { STREAM_VERSION, type StreamFrame } from '../src/detectors/streams/stream-frame';
import { createNetwork } from './detector-tools';
import type { EvaluationDetector } from './evaluation-contract';

export const networkEvaluation = (kind: NetworkSceneKind): EvaluationDetector => ({
  name: kind.detector,
  features: 'streams',
  config: { cells: STREAM_CELLS, streams: STREAM_VERSION },
  async createExtractor() {
    const extractor = new StreamExtractor();
    return { extract: async (frame) => extractor.step(frame), reset: () => extractor.reset() };
  },
  async fit(clips, seed) {
    const network = await createNetwork(kind.detector);
    try {
      return await fitNetworkScene(kind, clips as StreamFrame[][], network, { seed });
    } finally {
      network.dispose();
    }
  },
  async createJudge(scene) {
    const judge = new NetworkJudge(kind, scene, await createNetwork(kind.detector));
    return { step: (features) => judge.step(features as StreamFrame) };
  },
});

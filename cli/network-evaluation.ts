/** The network detectors as the evaluation needs them: streams per frame, then a scene learned on them, then judgement by the shipped network. */
import { NetworkJudge } from '../src/detectors/network-scene/judge';
import { fitNetworkScene, type NetworkSceneKind } from '../src/detectors/network-scene/scene';
import type { PatchRows } from '../src/detectors/streams/motion-patches';
import type { MotionEncoder } from '../src/detectors/streams/motion-surprise';
import { STREAM_CELLS, StreamExtractor } from '../src/detectors/streams/stream-extractor';
import { STREAM_VERSION, type StreamFrame } from '../src/detectors/streams/stream-frame';
import type { StreamInputs } from '../src/detectors/streams/stream-inputs';
import { checksum, silenced } from '../src/nn/stored-weights';
import { FLOW_VERSION } from '../src/vision/dense-motion';
import type { NetworkAblation } from './ablations';
import { createNetwork, shippedNormality } from './detector-tools';
import type { EvaluationDetector } from './evaluation-contract';

export const networkEvaluation = (kind: NetworkSceneKind, ablation: NetworkAblation = {}): EvaluationDetector => ({
  name: kind.detector,
  features: 'streams',
  config: { cells: STREAM_CELLS, streams: STREAM_VERSION, flow: FLOW_VERSION },
  async createExtractor() {
    const extractor = new StreamExtractor();
    return { extract: async (frame) => extractor.step(frame), reset: () => extractor.reset() };
  },
  async fit(clips, seed) {
    const network = await ablatedNetwork(kind.detector, ablation);
    try {
      return await fitNetworkScene(kind, clips as StreamFrame[][], network, { seed, without: ablation.without });
    } finally {
      network.dispose();
    }
  },
  async createJudge(scene) {
    const judge = new NetworkJudge(kind, scene, await ablatedNetwork(kind.detector, ablation));
    return { step: (features) => judge.step(features as StreamFrame) };
  },
});

/** The same before it has learned a scene: nothing is fitted, what was shipped with the weights counts. */
export const unlearnedNetworkEvaluation = (kind: NetworkSceneKind): EvaluationDetector => ({
  ...networkEvaluation(kind),
  fit: () => shippedNormality(kind.detector),
});

async function ablatedNetwork(name: string, { silent, blind }: NetworkAblation) {
  const network = await createNetwork(name, (stored) => {
    const paths = stored.manifest.leaves.map(({ path }) => path);
    return silent ? silenced(stored, silent(paths)) : stored;
  });
  const seen = (inputs: StreamInputs): StreamInputs =>
    blind ? { ...inputs, [blind]: new Float32Array(inputs[blind].length) } : inputs;
  return {
    ...network,
    step: (inputs: StreamInputs) => network.step(seen(inputs)),
    fitMotion: (rows: PatchRows, seed: number) => fittedOnce(rows, seed, () => network.fitMotion(rows, seed)),
  };
}

/** What the motion VAE learns does not depend on the network: rows of an ablation share its fits. */
const fitted = new Map<string, Promise<MotionEncoder>>();

function fittedOnce({ patches, places }: PatchRows, seed: number, learn: () => Promise<MotionEncoder>) {
  const bytes = ({ buffer, byteOffset, byteLength }: Float32Array) => new Uint8Array(buffer, byteOffset, byteLength);
  const key = [seed, checksum(bytes(patches)), checksum(bytes(places))].join();
  const encoder = fitted.get(key) ?? learn();
  fitted.set(key, encoder);
  return encoder;
}

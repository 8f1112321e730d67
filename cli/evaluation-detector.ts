/** The detectors that can be evaluated, by name. */
import { extractorDefaults, HybridExtractor } from '../src/detectors/hybrid/extractor';
import type { HybridFeatures } from '../src/detectors/hybrid/features';
import { HybridJudge } from '../src/detectors/hybrid/judge';
import { shippedHalf } from '../src/detectors/hybrid/learned/shipped';
import type { LearnedWeights } from '../src/detectors/hybrid/learned/track-scorer';
import { fitScene } from '../src/detectors/hybrid/scene';
import { networkSceneKinds } from '../src/detectors/registry';
import type { Frame } from '../src/media/frame';
import { frameDifferenceEnergy } from '../src/metrics/trivial-scorers';
import type { EvaluationDetector } from './evaluation-contract';
import { networkEvaluation } from './network-evaluation';
import { createObjectFinder } from './object-finder';

/** With and without its learned half. */
const hybridWith = (name: string, learned: LearnedWeights | null): EvaluationDetector => ({
  name,
  features: 'hybrid',
  config: { ...extractorDefaults },
  async createExtractor() {
    const extractor = new HybridExtractor(await createObjectFinder(), extractorDefaults);
    return { extract: (frame) => extractor.step(frame), reset: () => extractor.reset() };
  },
  fit: (clips, seed) => fitScene(clips as HybridFeatures[][], { seed, learned }),
  createJudge(scene) {
    const judge = new HybridJudge(scene, learned);
    return { step: (features) => judge.step(features as HybridFeatures) };
  },
});
const hybrid = hybridWith('hybrid', shippedHalf());
const hybridUnlearned = hybridWith('hybrid-unlearned', null);

/** The energy of the difference from the last frame, against its mean in normal footage: to test the evaluation itself. */
const difference: EvaluationDetector = {
  name: 'difference',
  config: {},
  async createExtractor() {
    let previous: Frame | null = null;
    return {
      reset: () => {
        previous = null;
      },
      extract: async (frame) => {
        const features = differenceFeatures(frame, previous);
        previous = frame;
        return features;
      },
    };
  },
  async fit(clips) {
    const energies = (clips as DifferenceFeatures[][]).flat().map(({ energy }) => energy);
    const mean = energies.reduce((sum, energy) => sum + energy, 0) / energies.length;
    const shape = { width: 0, height: 0, durationS: 0, frames: energies.length };
    return { detector: 'difference', version: 1, ...shape, model: { mean } };
  },
  createJudge: (scene) => ({
    step(features) {
      const { timeS, energy, evidence } = features as DifferenceFeatures;
      const raw = energy / (scene.model as { mean: number }).mean;
      const calibrated = { returnPeriodS: Math.max(1, raw), score: Math.min(1, raw / 10), extrapolated: true };
      return { timeS, raw, ...calibrated, reasons: [], objects: [], evidence, motion: 0 };
    },
  }),
};

interface DifferenceFeatures {
  timeS: number;
  energy: number;
  evidence: { width: number; height: number; values: Float32Array };
}

/** Energy of the whole frame, and on cells of 16×16 pixels. */
function differenceFeatures(frame: Frame, previous: Frame | null): DifferenceFeatures {
  const width = Math.ceil(frame.width / 16);
  const height = Math.ceil(frame.height / 16);
  const values = new Float32Array(width * height);
  for (let pixel = 0; previous && pixel < frame.width * frame.height; pixel++) {
    const x = pixel % frame.width;
    const y = (pixel - x) / frame.width;
    values[(y >> 4) * width + (x >> 4)] += (frame.data[pixel * 4 + 1] - previous.data[pixel * 4 + 1]) ** 2 / 256;
  }
  return {
    timeS: frame.timeS,
    energy: frameDifferenceEnergy(frame.data, previous?.data ?? null),
    evidence: { width, height, values },
  };
}

const networks = Object.entries(networkSceneKinds).map(([name, kind]) => [name, networkEvaluation(kind)]);

const detectors: Record<string, EvaluationDetector> = {
  hybrid,
  'hybrid-unlearned': hybridUnlearned,
  difference,
  ...Object.fromEntries(networks),
};

/** A detector by name; throws with the names there are. */
export function evaluationDetector(name: string): EvaluationDetector {
  const found = detectors[name];
  if (!found) throw new Error(`There is no detector '${name}'; choose one of ${Object.keys(detectors).join(', ')}.`);
  return found;
}

/** The detectors that can be evaluated, by name. */
import { extractorDefaults, HybridExtractor } from '../src/detectors/hybrid/extractor';
import { FEATURES_VERSION, type HybridFeatures } from '../src/detectors/hybrid/features';
import { HybridJudge } from '../src/detectors/hybrid/judge';
import { shippedHalf } from '../src/detectors/hybrid/learned/shipped';
import type { LearnedWeights } from '../src/detectors/hybrid/learned/track-scorer';
import { isKnown } from '../src/detectors/hybrid/object-cues';
import { fitScene, type HybridModel } from '../src/detectors/hybrid/scene';
import { networkSceneKinds } from '../src/detectors/registry';
import type { Frame } from '../src/media/frame';
import { frameDifferenceEnergy } from '../src/metrics/trivial-scorers';
import { FLOW_VERSION } from '../src/vision/dense-motion';
import { ablated, type HybridAblation, hybridAblations, networkAblations } from './ablations';
import type { EvaluationDetector } from './evaluation-contract';
import { networkEvaluation, unlearnedNetworkEvaluation } from './network-evaluation';
import { createObjectFinder } from './object-finder';

/** Named objects only, where that is asked for. */
const objectsOf = (features: HybridFeatures, { namedOnly }: HybridAblation): HybridFeatures =>
  namedOnly ? { ...features, objects: features.objects.filter(isKnown) } : features;

/** The learned half without a part of it. */
function halfWithout(silent: HybridAblation['silent']): LearnedWeights | null {
  if (silent === 'all') return null;
  const leaves = [...shippedHalf()];
  return new Map(leaves.map(([path, values]) => [path, silent?.test(path) ? new Float32Array(values.length) : values]));
}

function hybridEvaluation(name: string, ablation: HybridAblation = {}): EvaluationDetector {
  const learned = halfWithout(ablation.silent);
  return {
    name,
    features: 'hybrid',
    config: { ...extractorDefaults, features: FEATURES_VERSION, flow: FLOW_VERSION },
    async createExtractor() {
      const extractor = new HybridExtractor(await createObjectFinder(), extractorDefaults);
      return { extract: (frame) => extractor.step(frame), reset: () => extractor.reset() };
    },
    async fit(clips, seed) {
      const seen = (clips as HybridFeatures[][]).map((clip) => clip.map((features) => objectsOf(features, ablation)));
      const scene = await fitScene(seen, { seed, learned, without: ablation.without });
      const model = scene.model as HybridModel;
      // An average that is reached infinitely often is never rare.
      if (ablation.momentOnly) model.rarity.lasting.clusterRate = Number.POSITIVE_INFINITY;
      return scene;
    },
    createJudge(scene) {
      const judge = new HybridJudge(scene, learned);
      return { step: (features) => judge.step(objectsOf(features as HybridFeatures, ablation)) };
    },
  };
}

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

const detectors: Record<string, () => EvaluationDetector> = {
  hybrid: () => hybridEvaluation('hybrid'),
  'hybrid-unlearned': () => hybridEvaluation('hybrid-unlearned', { silent: 'all' }),
  difference: () => difference,
};
for (const [name, kind] of Object.entries(networkSceneKinds)) {
  detectors[name] = () => networkEvaluation(kind);
  detectors[`${name}-before-learning`] = () => unlearnedNetworkEvaluation(kind);
}
for (const [row, ablation] of Object.entries(hybridAblations))
  detectors[ablated('hybrid', row)] = () => hybridEvaluation('hybrid', ablation);
for (const [name, rows] of Object.entries(networkAblations))
  for (const [row, ablation] of Object.entries(rows))
    detectors[ablated(name, row)] = () => networkEvaluation(networkSceneKinds[name], ablation);

/** A detector by name, or by name and what it is without. Throws with the names there are. */
export function evaluationDetector(name: string): EvaluationDetector {
  const found = detectors[name];
  if (found) return found();
  const names = Object.keys(detectors).filter((known) => !known.includes(' '));
  throw new Error(`There is no detector '${name}'; choose one of ${names.join(', ')}.`);
}

/** One short clip and its scores, for tests that every backend agrees on them; `npx tsx cli/agreement.ts` writes the expectations anew. */
import type { LearnedScene, ObjectFinder } from '../detectors/detector';
import { HybridDetector } from '../detectors/hybrid/detector';
import { createPlaza } from '../media/synthetic/plaza';
import type { ReferenceSet } from '../normality/reference-set';

/** What `agreement.fixture.json` holds: the scene as `sceneToJson` writes it, and the raw score of each frame watched. */
export interface Agreement {
  scene: unknown;
  scores: number[];
}

/** Small enough that a processor that plays graphics card needs seconds, most of them to compile. */
export const AGREEMENT_AREA = 256 * 160;
const OPTIONS = { keyIntervalS: 1, confidence: 0.2 };
const FPS = 5;
const LEARNED = 50;
const WATCHED = 15;

/** A cyclist enters 0.6 s after watching begins. */
const frames = (startS: number, count: number, anomalies?: { kind: 'cyclist'; atS: number }[]) => {
  const plaza = createPlaza({ seed: 7, width: 320, height: 192, fps: FPS, startS, anomalies });
  return Array.from({ length: count }, (_, index) => plaza.frameAt(index).frame);
};

/** The scene that the clip is scored against; only every third example is kept, so that the file stays small. */
export async function learnAgreement(finder: ObjectFinder): Promise<LearnedScene> {
  const detector = new HybridDetector(finder, OPTIONS);
  for (const frame of frames(100, LEARNED)) await detector.learnStep(frame);
  const scene = await detector.finishLearning();
  return { ...scene, model: thinned(scene.model) };
}

/** A copy in which each reference set has every third of its rows. */
function thinned(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(thinned);
  if (!part || typeof part !== 'object' || ArrayBuffer.isView(part)) return part;
  if (!('dimensions' in part))
    return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, thinned(value)]));
  const { dimensions, values } = part as ReferenceSet;
  return { dimensions, values: values.filter((_, i) => Math.floor(i / dimensions) % 3 === 0) };
}

/** The raw score of each frame of the clip, and how many objects were found in it. */
export async function scoreAgreement(finder: ObjectFinder, scene: LearnedScene) {
  const detector = new HybridDetector(finder, OPTIONS);
  detector.setScene(scene);
  const scores: number[] = [];
  let objects = 0;
  for (const frame of frames(200, WATCHED, [{ kind: 'cyclist', atS: 0.6 }])) {
    const observation = await detector.step(frame);
    scores.push(observation.raw);
    objects += observation.objects.filter(({ label }) => label !== 'motion').length;
  }
  return { scores, objects };
}

/** The largest difference between two series of scores, as a share of the range of the first. */
export function disagreement(expected: readonly number[], scores: readonly number[]): number {
  if (expected.length !== scores.length) return Number.POSITIVE_INFINITY;
  const range = Math.max(...expected) - Math.min(...expected);
  return Math.max(...expected.map((score, i) => Math.abs(score - scores[i]))) / range;
}

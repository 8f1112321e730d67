/** The synthetic plaza through the hybrid detector, with a stand-in that finds what is really there, for tests. */
import type { PlazaOptions } from '../../media/synthetic/plaza';
import { createPlaza } from '../../media/synthetic/plaza';
import type { LearnedScene, ObjectFinder, Observation } from '../detector';
import { HybridDetector } from './detector';

const FPS = 10;

/** A stretch of the plaza's life; what it shows and what is really there. */
export type PlazaClip = ReturnType<typeof plazaClip>;

export function plazaClip(seconds: number, options: PlazaOptions = {}) {
  const plaza = createPlaza({ width: 256, height: 144, fps: FPS, ...options });
  return Array.from({ length: seconds * FPS }, (_, index) => plaza.frameAt(index));
}

/** Finds everything that is there, and takes all of it for persons who look alike. */
function truthFinder(clip: () => PlazaClip): ObjectFinder {
  return {
    embeddingSize: 4,
    wait: true,
    async find({ timeS }) {
      const { boxes } = clip().find(({ frame }) => frame.timeS === timeS)!.truth;
      const objects = boxes.map(({ x0, y0, x1, y1 }) => {
        return { x0, y0, x1, y1, classIndex: 0, confidence: 0.75, embedding: Float32Array.of(1, 0, 0, 0) };
      });
      return { objects, patches: null };
    },
    dispose() {},
  };
}

/** A detector that is shown whole clips. */
export function plazaDetector() {
  let shown: PlazaClip = [];
  const detector = new HybridDetector(truthFinder(() => shown));
  return {
    detector,
    async learn(clip: PlazaClip): Promise<LearnedScene> {
      shown = clip;
      for (const { frame } of clip) await detector.learnStep(frame);
      detector.reset();
      return detector.finishLearning();
    },
    async watch(clip: PlazaClip): Promise<Observation[]> {
      shown = clip;
      const observations: Observation[] = [];
      for (const { frame } of clip) observations.push(await detector.step(frame));
      detector.reset();
      return observations;
    },
  };
}

/** The engine over a long stretch of the plaza: whether tensors and memory stay where they are. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createAlertRules } from '../src/alerts/alert-rules';
import type { ObjectFinder } from '../src/detectors/detector';
import { detectors } from '../src/detectors/registry';
import { liveTensors } from '../src/engine/backend';
import { createFrameFeed, type FrameFeed } from '../src/engine/frame-feed';
import { runPipeline } from '../src/engine/pipeline';
import type { Frame } from '../src/media/frame';
import { syntheticSource } from '../src/media/synthetic/synthetic-source';
import { toolsOf } from './detector-tools';

/** What was in use once so many frames had been analysed, after collecting garbage. */
export interface Checkpoint {
  frames: number;
  tensors: number;
  /** JavaScript's heap and what lies outside of it, typed arrays and WebAssembly's memory included. */
  heapBytes: number;
  externalBytes: number;
}

export interface SoakResult {
  learnedFrames: number;
  objects: number;
  alerts: number;
  checkpoints: Checkpoint[];
  /** Whether each checkpoint has as many tensors as the first. */
  tensorsFlat: boolean;
  /** Growth of heap and external memory from the first to the last checkpoint, by a straight line through all, as a share of their mean. */
  memoryGrowth: number;
  memoryFlat: boolean;
}

const FPS = 10;
const CHECKPOINTS = 10;
/** Share by which memory may grow from the first to the last checkpoint. */
const FLAT = 0.05;

/** Analyse `frames` frames of the plaza, 160×96, its demo's anomalies included, after learning the `learnS` seconds before. */
export async function runSoak(
  finder: ObjectFinder,
  { frames, learnS = 60, keyIntervalS = 0.2 }: { frames: number; learnS?: number; keyIntervalS?: number },
  onProgress: (frames: number) => void = () => {},
): Promise<SoakResult> {
  if (!(Number.isInteger(frames) && frames >= CHECKPOINTS))
    throw new RangeError(`A soak of ${frames} frames is not possible; give a whole number of at least ${CHECKPOINTS}.`);
  const detector = detectors.hybrid.create(toolsOf(finder), { keyIntervalS });
  const life = { seed: 7, width: 160, height: 96, fps: FPS } as const;
  await analyseAll(createFrameFeed(syntheticSource({ ...life, durationS: learnS })), (frame) =>
    detector.learnStep(frame),
  );
  detector.reset();
  const { frames: learnedFrames } = await detector.finishLearning();
  const watched = syntheticSource({ ...life, startS: learnS, durationS: frames / FPS, anomalies: 'demo' });
  const rules = createAlertRules();
  const alerts = new Set<string>();
  const checkpoints: Checkpoint[] = [];
  let analysed = 0;
  let objects = 0;
  await analyseAll(createFrameFeed(watched), async (frame) => {
    const observation = await detector.step(frame);
    objects += observation.objects.length;
    for (const { id } of rules.step(observation)) alerts.add(id);
    analysed++;
    if (analysed >= ((checkpoints.length + 1) * frames) / CHECKPOINTS) checkpoints.push(checkpoint(analysed));
    onProgress(analysed);
    return observation.motion;
  });
  detector.dispose();
  return { learnedFrames, objects, alerts: alerts.size, checkpoints, ...flatness(checkpoints) };
}

/** Through the pipeline, as recordings go, but no frame skipped. */
async function analyseAll(feed: FrameFeed, step: (frame: Frame) => Promise<number>) {
  await runPipeline({
    feed,
    bounds: { denseS: 1 / FPS, sparseS: 1 / FPS, followsDevice: false },
    signal: new AbortController().signal,
    analyse: async (frame) => ({ motion: await step(frame), score: 0 }),
  });
}

function checkpoint(frames: number): Checkpoint {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return { frames, tensors: liveTensors(), heapBytes: heapUsed, externalBytes: external };
}

/** Node hides its collector behind a flag, which can be set while it runs. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  collect();
}

/** Whether tensors and memory stay where they are over the checkpoints. */
export function flatness(checkpoints: readonly Checkpoint[]) {
  const memory = checkpoints.map(({ heapBytes, externalBytes }) => heapBytes + externalBytes);
  const mean = memory.reduce((sum, bytes) => sum + bytes, 0) / memory.length;
  const middle = (memory.length - 1) / 2;
  const slope =
    memory.reduce((sum, bytes, i) => sum + (i - middle) * (bytes - mean), 0) /
    memory.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  const memoryGrowth = (slope * (memory.length - 1)) / mean;
  return {
    tensorsFlat: checkpoints.every(({ tensors }) => tensors === checkpoints[0].tensors),
    memoryGrowth,
    memoryFlat: Math.abs(memoryGrowth) <= FLAT,
  };
}

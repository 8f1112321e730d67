/** The scene guard measured: every change of the whole picture, many times, in the plaza and in real footage; and what alerts the detector raises around it. */
import { basename } from 'node:path';
import { replayAlerts } from '../src/alerts/alert-rules';
import type { Moment } from '../src/alerts/moment';
import { type ViewChange, viewChange } from '../src/datasets/view-changes';
import type { Detector } from '../src/detectors/detector';
import { createGuardedDetector } from '../src/engine/guarded-detector';
import type { Frame } from '../src/media/frame';
import { createPlaza } from '../src/media/synthetic/plaza';
import { type SceneView, ViewLearner } from '../src/vision/scene-view';
import type { ViewState } from '../src/vision/view-state';
import { listFootage } from './dataset';
import { probeFootage, readFrames } from './decode';
import { changesToPlant, guardTrial, type Stretch, stretchOf, type TrialOutcome } from './guard-trial';

const FPS = 10;
/** A trial lasts so long, in seconds. */
const TRIAL_S = 12;
/** Of a clip so many stretches are looked at for places to plant in. */
const STRETCHES = 9;

/** A place, with footage to learn from and stretches to plant in; times of each begin at 0. */
interface Place {
  name: string;
  learnS: number;
  learn(): AsyncIterable<Frame>;
  trials: Frame[][];
}

interface KindResult {
  kind: ViewChange;
  seeds: number;
  right: number;
  meanDelayS: number | null;
  wrong: Pick<TrialOutcome, 'seed' | 'before' | 'after'>[];
  /** With the detector, over some of the seeds: alerts about things, alerts about the picture, and those of the same footage unchanged. */
  alerts: { trials: number; unusual: number; view: number; unusualUnchanged: number };
}

export interface GuardResult {
  place: string;
  learnS: number;
  /** What the stretches were called unchanged: exposure that follows white cars is a light, too. Planted is at calm moments. */
  unchanged: ViewState[][];
  kinds: KindResult[];
}

export interface GuardBenchmark {
  seeds: number;
  /** So many of the seeds are watched with the detector too. */
  alertSeeds: number;
  createDetector(): Promise<Detector>;
  onProgress(line: string): void;
}

export async function guardBenchmark(data: string | undefined, options: GuardBenchmark): Promise<GuardResult[]> {
  const places = [plazaPlace(), ...(data ? await Promise.all((await listFootage(data)).map(clipPlace)) : [])];
  const results: GuardResult[] = [];
  for (const place of places) results.push(await measurePlace(place, options));
  return results;
}

async function measurePlace(place: Place, options: GuardBenchmark): Promise<GuardResult> {
  const detector = await options.createDetector();
  const look = new ViewLearner();
  for await (const frame of place.learn()) {
    look.add(frame);
    if (options.alertSeeds > 0) await detector.learnStep(frame);
  }
  const view = look.view();
  if (!view) throw new Error(`There is no footage to learn ${place.name} from.`);
  if (options.alertSeeds > 0) detector.setScene({ ...(await detector.finishLearning()), view });
  const trials = calmStretches(place, view);
  const unchanged: number[] = [];
  for (const { frames } of options.alertSeeds > 0 ? trials : [])
    unchanged.push(countAlerts(await judged(detector, frames)).unusual);
  const kinds: KindResult[] = [];
  for (const kind of changesToPlant) {
    kinds.push(await measureKind(trials, view, kind, detector, unchanged, options));
    options.onProgress(`${place.name}: ${kind} ${kinds.at(-1)?.right} of ${options.seeds}`);
  }
  detector.dispose();
  const unchangedStates = trials.map(({ own }) => [...new Set(own)]);
  return { place: place.name, learnS: place.learnS, unchanged: unchangedStates, kinds };
}

async function measureKind(
  trials: readonly Stretch[],
  view: SceneView,
  kind: ViewChange,
  detector: Detector,
  unchanged: readonly number[],
  { seeds, alertSeeds }: GuardBenchmark,
): Promise<KindResult> {
  const outcomes: TrialOutcome[] = [];
  const alerts = { trials: 0, unusual: 0, view: 0, unusualUnchanged: 0 };
  for (let seed = 0; seed < seeds; seed++) {
    const stretch = trials[seed % trials.length];
    outcomes.push(guardTrial(stretch, view, { kind, seed }));
    if (seed >= alertSeeds) continue;
    const raised = countAlerts(await judged(detector, stretch.frames.map(viewChange(kind, stretch.atS, seed))));
    alerts.trials++;
    alerts.unusual += raised.unusual;
    alerts.view += raised.view;
    alerts.unusualUnchanged += unchanged[seed % trials.length];
  }
  const delays = outcomes.flatMap(({ delayS }) => delayS ?? []);
  return {
    kind,
    seeds,
    right: outcomes.filter(({ right }) => right).length,
    meanDelayS: delays.length ? Number((delays.reduce((sum, s) => sum + s, 0) / delays.length).toFixed(2)) : null,
    wrong: outcomes.filter(({ right }) => !right).map(({ seed, before, after }) => ({ seed, before, after })),
    alerts,
  };
}

async function judged(detector: Detector, frames: readonly Frame[]): Promise<Moment[]> {
  detector.reset();
  const guarded = createGuardedDetector(detector);
  const moments: Moment[] = [];
  for (const frame of frames) moments.push((await guarded.step(frame)).moment);
  return moments;
}

/** At one expected false alarm an hour. */
function countAlerts(moments: readonly Moment[]) {
  const alerts = replayAlerts(moments, { perHour: 1 });
  const unusual = alerts.filter(({ kind }) => kind === 'unusual').length;
  return { unusual, view: alerts.length - unusual };
}

function plazaPlace(): Place {
  const learnS = 90;
  const stretch = (startS: number, seconds: number) => {
    const plaza = createPlaza({ seed: 5, fps: FPS, startS, anomalies: 'none' });
    return Array.from({ length: seconds * FPS }, (_, index) => plaza.frameAt(index).frame);
  };
  return {
    name: 'synthetic plaza',
    learnS,
    async *learn() {
      const plaza = createPlaza({ seed: 5, fps: FPS, anomalies: 'none' });
      for (let index = 0; index < learnS * FPS; index++) yield plaza.frameAt(index).frame;
    },
    trials: [300, 600, 900].map((startS) => stretch(startS, TRIAL_S)),
  };
}

/** The first half of a clip, at most a minute, to learn from; stretches of the rest to plant in. */
async function clipPlace(path: string): Promise<Place> {
  const info = await probeFootage(path);
  const { durationS } = info;
  const learnS = Math.min(60, durationS / 2);
  const room = durationS - learnS - TRIAL_S;
  if (room < 0)
    throw new Error(`${basename(path)} lasts ${durationS.toFixed(0)} s; at least ${2 * TRIAL_S} s are needed.`);
  const starts = Array.from({ length: STRETCHES }, (_, index) => (index * room) / (STRETCHES - 1));
  const trials: Frame[][] = [];
  for (const startS of starts) trials.push(await collect(readStretch(path, learnS + startS, TRIAL_S)));
  return { name: basename(path), learnS, learn: () => readStretch(path, 0, learnS), trials };
}

/** Three of the stretches in which there is a calm moment to plant at, spread out. Throws where there is none. */
function calmStretches({ name, trials }: Place, view: SceneView): Stretch[] {
  const calm = trials.map((frames) => stretchOf(frames, view)).filter((stretch) => stretch !== null);
  if (calm.length === 0) throw new Error(`In ${name} light or camera never rests for three seconds.`);
  return [...new Set([0, 0.5, 1].map((share) => calm[Math.round(share * (calm.length - 1))]))];
}

/** Frames of a clip about `FPS` a second, times from 0. */
async function* readStretch(path: string, fromS: number, seconds: number): AsyncGenerator<Frame> {
  const info = await probeFootage(path);
  const from = info.timesS.findIndex((timeS) => timeS >= fromS);
  const after = info.timesS.findIndex((timeS) => timeS >= fromS + seconds);
  let takenS = Number.NEGATIVE_INFINITY;
  for await (const frame of readFrames(info, { from, to: after < 0 ? info.timesS.length : after })) {
    if (frame.timeS - takenS < 0.9 / FPS) continue;
    takenS = frame.timeS;
    yield { ...frame, timeS: frame.timeS - fromS };
  }
}

async function collect(frames: AsyncIterable<Frame>): Promise<Frame[]> {
  const all: Frame[] = [];
  for await (const frame of frames) all.push(frame);
  return all;
}

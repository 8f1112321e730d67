/**
 * Planted anomalies in real normal footage, with exact labels and masks: the place where settings are chosen without
 * looking at any benchmark's test labels. Everything follows from the footage and a seed.
 */
import type { Box } from '../lib/box';
import { createRng, type Rng } from '../lib/rng';
import type { Frame } from '../media/frame';
import { type Background, estimateBackground } from './background';
import { goesSomewhere, type NormalTraffic, observeTraffic, quantile, usualSpeed, velocities } from './normal-traffic';
import { type ObjectTrack, ObjectTracker } from './object-tracks';
import { type PlantedAnomaly, type PlantedKind, recipes } from './planted-anomalies';
import { type PlantedFrame, withAnomaly, withRunning } from './planted-drawing';
import { type Stretch, scheduleStretches } from './planted-schedule';
import { type PlantingGround, replayable } from './planting-ground';

/** Footage that can be read from its start more than once. */
export type Footage = () => AsyncIterable<Frame>;

/** What the normal footage tells about the scene; plain data. */
export interface SceneSurvey {
  background: Background;
  traffic: NormalTraffic;
  /** A few things that moved there, cut out, for footage in which hardly anything can be followed. */
  tracks: ObjectTrack[];
}

/** What was planted, when. */
export interface PlantedManifest {
  seed: number;
  frames: number;
  intervalS: number;
  events: { kind: PlantedKind | 'running'; startS: number; endS: number; details: Record<string, number> }[];
}

export interface PlantedClip {
  manifest: PlantedManifest;
  frames(): AsyncGenerator<PlantedFrame>;
}

/** Nothing can be planted in this footage; the message says why. */
export class PlantingError extends Error {
  override name = 'PlantingError';
}

/** Learn background and traffic from normal footage (reads it twice). */
export async function surveyScene(footage: Footage, frameCount: number): Promise<SceneSurvey> {
  const every = Math.max(1, Math.floor(frameCount / 50));
  const samples: Frame[] = [];
  let index = 0;
  for await (const frame of footage()) if (index++ % every === 0 && samples.length < 80) samples.push(frame);
  if (!samples.length) throw new PlantingError('There is no normal footage to learn the background from.');
  const background = estimateBackground(samples);
  const tracker = new ObjectTracker(background, { sprites: true });
  for await (const frame of footage()) tracker.step(frame);
  const tracks = tracker.finish();
  const traffic = observeTraffic(tracks, background.height);
  if (!traffic)
    throw new PlantingError('Nothing moves in the normal footage, so there is nothing an anomaly could differ from.');
  return { background, traffic, tracks: longest(replayable(tracks, background), 12) };
}

const longest = (tracks: ObjectTrack[], count: number) =>
  tracks.sort((a, b) => b.sightings.length - a.sightings.length).slice(0, count);

/** The held-out footage as tracks and times. */
interface Ground extends PlantingGround {
  background: Background;
  /** Source frames kept: long empty stretches are cut out. */
  kept: number[];
  timesS: number[];
  intervalS: number;
  /** Things that go somewhere, per source frame, with their present speed in object sizes per second. */
  moving: { box: Box; track: number; speed: number }[][];
}

/** Plan a clip over held-out footage; `frames()` draws it (reads the footage again). Deterministic from the seed. */
export async function plantClip(
  footage: Footage,
  survey: SceneSurvey,
  seed: number,
  share = 0.37,
): Promise<PlantedClip> {
  const ground = await readGround(footage, survey);
  const rng = createRng(seed);
  const fastest = usualSpeed(ground.traffic.steps, 0.98);
  const stretches = scheduleStretches(
    {
      sourceFrames: ground.kept.length,
      intervalS: ground.intervalS,
      share,
      next: anomalyQueue(ground, seed, rng.fork('anomalies')),
      canRun: (first, count, pace) => {
        const frames = ground.kept.slice(first, first + count);
        const busy = frames.filter((frame) => ground.moving[frame].some(({ speed }) => speed * pace > 1.2 * fastest));
        return busy.length >= 0.8 * count;
      },
    },
    rng.fork('schedule'),
  );
  return {
    manifest: manifestOf(stretches, ground, seed),
    frames: () => drawClip(footage, ground, stretches, rng.fork('noise')),
  };
}

async function readGround(footage: Footage, { background, traffic, tracks: earlier }: SceneSurvey): Promise<Ground> {
  const tracker = new ObjectTracker(background, { sprites: true });
  const timesS: number[] = [];
  for await (const frame of footage()) {
    tracker.step(frame);
    timesS.push(frame.timeS);
  }
  const all = tracker.finish();
  const own = replayable(all, background);
  const tracks = own.length < 8 ? [...own, ...earlier] : own;
  if (!tracks.length)
    throw new PlantingError(
      'Nothing that moves through the held-out footage could be followed; use longer or busier footage.',
    );
  const intervals = timesS.slice(1).map((time, index) => time - timesS[index]);
  const intervalS = quantile(intervals, 0.5);
  const moving = movingThings(all, timesS.length, background.height);
  const { width, height, data } = background;
  const luma = (x: number, y: number) =>
    data[(Math.min(height - 1, Math.floor(y)) * width + Math.min(width - 1, Math.max(0, Math.floor(x)))) * 4 + 1];
  return {
    width,
    height,
    background,
    traffic,
    tracks,
    grey: isGrey(data),
    brightness: luma,
    timesS,
    intervalS,
    moving,
    kept: keptFrames(moving, intervalS),
  };
}

function movingThings(tracks: readonly ObjectTrack[], frames: number, frameHeight: number): Ground['moving'] {
  const moving: Ground['moving'] = Array.from({ length: frames }, () => []);
  for (const track of tracks) {
    if (!goesSomewhere(track.sightings, frameHeight, 0.7)) continue;
    const steps = velocities(track.sightings);
    track.sightings.forEach((sighting, index) => {
      const speed = steps[Math.min(index, steps.length - 1)]?.speed ?? 0;
      moving[sighting.frame].push({ box: sighting, track: track.id, speed });
    });
  }
  return moving;
}

/**
 * Stretches without anything moving are shortened to four seconds: from empty to empty the cut cannot be seen. Footage
 * that would fall short of 15 seconds is kept whole.
 */
function keptFrames(moving: Ground['moving'], intervalS: number): number[] {
  const keep = Math.ceil(2 / intervalS);
  const busy = moving.map((things) => things.length > 0);
  const near = (frame: number) => busy.slice(Math.max(0, frame - keep), frame + keep + 1).some(Boolean);
  const kept = [...busy.keys()].filter(near);
  return kept.length * intervalS < 15 ? [...busy.keys()] : kept;
}

/**
 * Deals kinds in rounds, so that a clip has as many different ones as its footage allows. The first round begins with
 * another kind for each seed, so that short clips, which have room for one or two, cover all kinds together.
 */
function anomalyQueue(ground: Ground, seed: number, rng: Rng): () => PlantedAnomaly | null {
  const kinds = Object.keys(recipes) as PlantedKind[];
  const first = Math.abs(Math.trunc(seed)) % kinds.length;
  let round = [...kinds.slice(first), ...kinds.slice(0, first)].reverse();
  let appeared = false;
  let fruitless = 0;
  return () => {
    while (fruitless < 12) {
      if (!round.length) round = rng.shuffled(kinds);
      const kind = round.pop() as PlantedKind;
      const anomaly = kind === 'appearing' && appeared ? null : recipes[kind](ground, rng);
      fruitless = anomaly ? 0 : fruitless + 1;
      if (kind === 'appearing') appeared = true;
      if (anomaly) return anomaly;
    }
    return null;
  };
}

function manifestOf(stretches: readonly Stretch[], ground: Ground, seed: number): PlantedManifest {
  const events: PlantedManifest['events'] = [];
  let frame = 0;
  for (const { frames, pace, anomaly } of stretches) {
    const times = { startS: frame * ground.intervalS, endS: (frame + frames) * ground.intervalS };
    if (anomaly) events.push({ kind: anomaly.kind, ...times, details: anomaly.details });
    if (pace > 1) events.push({ kind: 'running', ...times, details: { speedFactor: pace } });
    frame += frames;
  }
  return { seed, frames: frame, intervalS: ground.intervalS, events };
}

async function* drawClip(
  footage: Footage,
  ground: Ground,
  stretches: readonly Stretch[],
  rng: Rng,
): AsyncGenerator<PlantedFrame> {
  const plan = stretches.flatMap((stretch, event) =>
    Array.from({ length: stretch.frames }, (_, index) => ({ stretch, event, index })),
  );
  const tracker = new ObjectTracker(ground.background);
  let source = -1;
  let next = 0;
  let position = 0;
  let timeS = 0;
  for await (const frame of footage()) {
    source++;
    const { blobs, labels, exposure } = tracker.step(frame);
    if (next >= plan.length || ground.kept[Math.floor(position)] !== source) continue;
    const { stretch, event, index } = plan[next++];
    position += stretch.pace;
    const drawn: Frame = { ...frame, timeS, data: frame.data.slice() };
    timeS += Math.min(
      ground.intervalS * 3,
      (ground.timesS[source + 1] ?? ground.timesS[source] + ground.intervalS) - ground.timesS[source],
    );
    const scene = { noise: ground.background.noise, moving: ground.moving[source], blobs, labels, exposure };
    if (stretch.anomaly)
      yield withAnomaly(drawn, stretch.anomaly, index * ground.intervalS, event, scene, rng.fork(next));
    else if (stretch.pace > 1) yield withRunning(drawn, event, scene);
    else yield { frame: drawn, label: 0, mask: null, truth: [] };
  }
}

/** No colour anywhere: infrared or black and white. */
function isGrey(data: Uint8ClampedArray): boolean {
  let saturation = 0;
  for (let byte = 0; byte < data.length; byte += 4 * 53)
    saturation += Math.abs(data[byte] - data[byte + 1]) + Math.abs(data[byte + 2] - data[byte + 1]);
  return saturation / (data.length / (4 * 53)) < 4;
}

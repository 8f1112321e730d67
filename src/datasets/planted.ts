/**
 * Planted anomalies in real normal footage, with exact labels and masks: the place where settings are chosen without
 * looking at any benchmark's test labels. Everything follows from the footage and a seed.
 */
import { type Box, boxHeight } from '../lib/box';
import { createRng, type Rng } from '../lib/rng';
import type { Frame } from '../media/frame';
import { type Background, estimateBackground } from './background';
import { goesSomewhere, type NormalTraffic, observeTraffic, quantile, usualSpeed, velocities } from './normal-traffic';
import { type ObjectTrack, ObjectTracker } from './object-tracks';
import { type PlantedAnomaly, type PlantedKind, type PlantingGround, recipes, replayable } from './planted-anomalies';
import { type Stretch, scheduleStretches } from './planted-schedule';
import { drawSprite } from './sprite';

/** Footage that can be read from its start more than once. */
export type Footage = () => AsyncIterable<Frame>;

/** What the normal footage tells about the scene; plain data. */
export interface SceneSurvey {
  background: Background;
  traffic: NormalTraffic;
  /** A few things that moved there, cut out, for footage in which hardly anything can be followed. */
  tracks: ObjectTrack[];
}

/** One frame of a planted clip. */
export interface PlantedFrame {
  frame: Frame;
  /** 1 = something abnormal is visible. */
  label: 0 | 1;
  /** 1 per abnormal pixel; null in a normal frame. */
  mask: Uint8Array | null;
  /** Boxes of what is abnormal; the same track for the same thing. */
  truth: (Box & { track: number })[];
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
      next: anomalyQueue(ground, rng.fork('anomalies')),
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

/** Deals kinds in shuffled rounds, so that a clip has as many different ones as its footage allows. */
function anomalyQueue(ground: Ground, rng: Rng): () => PlantedAnomaly | null {
  let round: PlantedKind[] = [];
  let appeared = false;
  let fruitless = 0;
  return () => {
    while (fruitless < 12) {
      if (!round.length) round = rng.shuffled(Object.keys(recipes) as PlantedKind[]);
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
    const scene = { ground, moving: ground.moving[source], blobs, labels, exposure };
    if (stretch.anomaly)
      yield withAnomaly(drawn, stretch.anomaly, index * ground.intervalS, event, scene, rng.fork(next));
    else if (stretch.pace > 1) yield withRunning(drawn, event, scene);
    else yield { frame: drawn, label: 0, mask: null, truth: [] };
  }
}

interface DrawnScene {
  ground: Ground;
  moving: Ground['moving'][number];
  blobs: readonly Box[];
  labels: Uint16Array;
  exposure: number;
}

/** Draw the planted thing behind whatever stands nearer to the camera; a frame where it cannot be seen is normal. */
function withAnomaly(
  frame: Frame,
  anomaly: PlantedAnomaly,
  seconds: number,
  event: number,
  scene: DrawnScene,
  rng: Rng,
): PlantedFrame {
  const placement = anomaly.place(seconds);
  if (!placement) return { frame, label: 0, mask: null, truth: [] };
  const foot = placement.y + placement.sprite.height * placement.scale;
  const nearer = new Set(
    scene.blobs.flatMap((blob, index) =>
      blob.y1 > foot && boxHeight(blob) < 0.8 * frame.height && isMoving(blob, scene) ? [index + 1] : [],
    ),
  );
  const light = { noise: scene.ground.background.noise, exposure: scene.exposure };
  const covered = drawSprite(frame, placement, light, rng, (pixel) => nearer.has(scene.labels[pixel]));
  return labelled(frame, [{ pixels: covered, track: event * 1_000_000 }]);
}

/** Everything that moves is abnormal. */
function withRunning(frame: Frame, event: number, scene: DrawnScene): PlantedFrame {
  const things = scene.moving.map(({ box, track }) => {
    const label = scene.blobs.findIndex((blob) => sameBox(blob, box)) + 1;
    const pixels: number[] = [];
    for (let pixel = 0; label && pixel < scene.labels.length; pixel++)
      if (scene.labels[pixel] === label) pixels.push(pixel);
    return { pixels, track: event * 1_000_000 + 1 + track };
  });
  return labelled(frame, things);
}

/** Fewer visible pixels than this are nothing anyone could see. */
const FEWEST_PIXELS = 12;

function labelled(frame: Frame, things: { pixels: number[]; track: number }[]): PlantedFrame {
  const visible = things.filter(({ pixels }) => pixels.length >= FEWEST_PIXELS);
  if (!visible.length) return { frame, label: 0, mask: null, truth: [] };
  const mask = new Uint8Array(frame.width * frame.height);
  const truth = visible.map(({ pixels, track }) => {
    const box = { x0: frame.width, y0: frame.height, x1: 0, y1: 0 };
    for (const pixel of pixels) {
      mask[pixel] = 1;
      const x = pixel % frame.width;
      const y = (pixel - x) / frame.width;
      box.x0 = Math.min(box.x0, x);
      box.y0 = Math.min(box.y0, y);
      box.x1 = Math.max(box.x1, x + 1);
      box.y1 = Math.max(box.y1, y + 1);
    }
    return { ...box, track };
  });
  return { frame, label: 1, mask, truth };
}

const isMoving = (blob: Box, { moving }: DrawnScene) => moving.some(({ box }) => sameBox(blob, box));
const sameBox = (a: Box, b: Box) => a.x0 === b.x0 && a.y0 === b.y0 && a.x1 === b.x1 && a.y1 === b.y1;

/** No colour anywhere: infrared or black and white. */
function isGrey(data: Uint8ClampedArray): boolean {
  let saturation = 0;
  for (let byte = 0; byte < data.length; byte += 4 * 53)
    saturation += Math.abs(data[byte] - data[byte + 1]) + Math.abs(data[byte + 2] - data[byte + 1]);
  return saturation / (data.length / (4 * 53)) < 4;
}

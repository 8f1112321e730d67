/** Keeps an identity for what is found: boxes moved by the flow between key frames, matched to detections on them. */
import { type Box, boxCentre, boxHeight, intersectionOverUnion, movedBox } from '../lib/box';
import type { MotionField } from './dense-motion';
import { type Detection, UNKNOWN_CLASS } from './suppression';

/** Where a track was at one moment. */
export interface TrackPoint extends Box {
  timeS: number;
}

/** One thing followed over time. */
export interface Track {
  id: number;
  box: Box;
  /** Velocity of the box's centre in pixels per second. */
  velocityX: number;
  velocityY: number;
  /** Past boxes, oldest first, at most `historyS` back, the present one last. */
  history: TrackPoint[];
  firstS: number;
  /** Last time a detection confirmed it. */
  seenS: number;
  confidence: number;
  /** UNKNOWN_CLASS for a motion region that was never recognised: its responses and embedding are zeros. */
  classIndex: number;
  classes: Float32Array;
  embedding: Float32Array;
}

export interface TrackerOptions {
  /** A detection continues a track that it overlaps by at least this (intersection over union). */
  overlap: number;
  /** … or lies within so many heights of it, if nothing else does and its size is alike. */
  reach: number;
  /** A detection must be this confident to begin a track; less confident ones only continue one. */
  beginAt: number;
  /** A track without detection is kept so long, in seconds. */
  keepS: number;
  historyS: number;
  /** Share of the detected box in the new one; the rest is the predicted box. */
  trust: number;
  /** Time constant of the average of class responses, in seconds. */
  classesS: number;
}

export const trackerDefaults: TrackerOptions = {
  overlap: 0.25,
  reach: 0.8,
  beginAt: 0.3,
  keepS: 0.85,
  historyS: 1.05,
  trust: 0.7,
  classesS: 0.5,
};

export class Tracker {
  private tracks: Track[] = [];
  private nextId = 1;
  private lastS: number | null = null;

  constructor(private readonly options: TrackerOptions = trackerDefaults) {}

  reset() {
    this.tracks = [];
    this.lastS = null;
  }

  /**
   * The tracks at the moment of `field`. `found` are the detections that have come since the last call, of this frame or
   * of an earlier one at most `historyS` ago (they are moved on to the present), or null. Call once per frame, in order.
   */
  step(field: MotionField, found: { timeS: number; detections: readonly Detection[] } | null): readonly Track[] {
    const elapsed = this.lastS === null ? 0 : field.timeS - this.lastS;
    this.lastS = field.timeS;
    for (const track of this.tracks) this.predict(track, field, elapsed);
    if (found) this.match(found.detections.map(presentBox(field, field.timeS - found.timeS)), field.timeS);
    this.tracks = this.tracks.filter((track) => field.timeS - track.seenS <= this.options.keepS);
    for (const track of this.tracks) this.remember(track, field.timeS);
    return this.tracks;
  }

  private predict(track: Track, field: MotionField, elapsed: number) {
    const flow = field.valid ? boxVelocity(field, track.box) : null;
    const share = flow ? 0.5 : 0;
    const x = track.velocityX * (1 - share) + (flow?.x ?? 0) * share;
    const y = track.velocityY * (1 - share) + (flow?.y ?? 0) * share;
    track.box = movedBox(track.box, x * elapsed, y * elapsed);
  }

  private match(detections: readonly Detection[], timeS: number) {
    const pairs = this.tracks.flatMap((track) =>
      detections.map((detection) => ({ track, detection, overlap: intersectionOverUnion(track.box, detection) })),
    );
    const free = new Set(this.tracks);
    const open = new Set(detections);
    for (const { track, detection, overlap } of pairs.sort((a, b) => b.overlap - a.overlap)) {
      if (overlap < this.options.overlap) break;
      if (!free.has(track) || !open.has(detection)) continue;
      free.delete(track);
      open.delete(detection);
      this.confirm(track, detection, timeS);
    }
    this.matchFarther(free, open, timeS);
    for (const detection of open) {
      if (detection.confidence >= this.options.beginAt) this.tracks.push(this.begin(detection, timeS));
    }
  }

  /** What moved too far to overlap: the nearest of alike size within a height of where it was expected. */
  private matchFarther(free: Set<Track>, open: Set<Detection>, timeS: number) {
    const pairs = [...free].flatMap((track) =>
      [...open].map((detection) => ({ track, detection, distance: alikeDistance(track.box, detection) })),
    );
    for (const { track, detection, distance } of pairs.sort((a, b) => a.distance - b.distance)) {
      if (distance > this.options.reach) break;
      if (!free.has(track) || !open.has(detection)) continue;
      free.delete(track);
      open.delete(detection);
      this.confirm(track, detection, timeS);
    }
  }

  private confirm(track: Track, detection: Detection, timeS: number) {
    const { trust, classesS } = this.options;
    const blend = (predicted: number, detected: number) => predicted * (1 - trust) + detected * trust;
    track.box = {
      x0: blend(track.box.x0, detection.x0),
      y0: blend(track.box.y0, detection.y0),
      x1: blend(track.box.x1, detection.x1),
      y1: blend(track.box.y1, detection.y1),
    };
    const alpha = 1 - Math.exp(-(timeS - track.seenS) / classesS);
    track.seenS = timeS;
    if (detection.classIndex === UNKNOWN_CLASS) return;
    if (track.classIndex === UNKNOWN_CLASS) {
      recognise(track, detection);
      return;
    }
    for (let i = 0; i < track.classes.length; i++)
      track.classes[i] += alpha * (detection.classes[i] - track.classes[i]);
    for (let i = 0; i < track.embedding.length; i++) {
      track.embedding[i] += alpha * (detection.embedding[i] - track.embedding[i]);
    }
    track.confidence += alpha * (detection.confidence - track.confidence);
    track.classIndex = strongest(track.classes);
  }

  private begin(detection: Detection, timeS: number): Track {
    const { x0, y0, x1, y1, confidence, classIndex } = detection;
    return {
      id: this.nextId++,
      box: { x0, y0, x1, y1 },
      velocityX: 0,
      velocityY: 0,
      history: [],
      firstS: timeS,
      seenS: timeS,
      confidence,
      classIndex,
      classes: detection.classes.slice(),
      embedding: detection.embedding.slice(),
    };
  }

  private remember(track: Track, timeS: number) {
    const { history } = track;
    history.push({ timeS, ...track.box });
    while (history.length > 2 && history[0].timeS < timeS - this.options.historyS) history.shift();
    const oldest = history.find((point) => point.timeS >= timeS - 0.6) ?? history[0];
    const span = timeS - oldest.timeS;
    if (span <= 0) return;
    track.velocityX = (track.box.x0 + track.box.x1 - oldest.x0 - oldest.x1) / 2 / span;
    track.velocityY = (track.box.y0 + track.box.y1 - oldest.y0 - oldest.y1) / 2 / span;
  }
}

/** A motion region turns out to be a known thing. */
function recognise(track: Track, { classIndex, confidence, classes, embedding }: Detection) {
  Object.assign(track, { classIndex, confidence, classes: classes.slice(), embedding: embedding.slice() });
}

/** Distance of the centres in heights plus the difference in size; infinite where the heights differ by a third. */
function alikeDistance(a: Box, b: Box): number {
  const [tall, other] = [Math.max(1, boxHeight(a)), Math.max(1, boxHeight(b))];
  const size = Math.abs(Math.log(tall / other));
  if (size > 0.3) return Number.POSITIVE_INFINITY;
  const from = boxCentre(a);
  const to = boxCentre(b);
  return Math.hypot(to.x - from.x, to.y - from.y) / Math.max(tall, other) + size;
}

/** Moves a detection made `ageS` ago by the flow now found in it. */
function presentBox(field: MotionField, ageS: number) {
  return (detection: Detection): Detection => {
    const flow = ageS > 0 ? boxVelocity(field, detection) : null;
    return flow ? { ...detection, ...movedBox(detection, flow.x * ageS, flow.y * ageS) } : detection;
  };
}

function strongest(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

/** Median body velocity of the moving cells in the box, in pixels per second; null where fewer than 3 cells or a tenth of it moves. */
export function boxVelocity(field: MotionField, box: Box): { x: number; y: number; moving: number } | null {
  const { width, height } = field.x;
  const size = field.cellSize;
  const slowest = 1.25 * size;
  const left = Math.max(0, Math.floor(box.x0 / size));
  const right = Math.min(width, Math.ceil(box.x1 / size));
  const top = Math.max(0, Math.floor(box.y0 / size));
  const bottom = Math.min(height, Math.ceil(box.y1 / size));
  const xs: number[] = [];
  const ys: number[] = [];
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const x = field.bodyX.values[row * width + column];
      const y = field.bodyY.values[row * width + column];
      if (Math.hypot(x, y) < slowest) continue;
      xs.push(x);
      ys.push(y);
    }
  }
  const cells = Math.max(1, (right - left) * (bottom - top));
  if (xs.length < Math.max(Math.min(3, cells), cells / 10)) return null;
  return { x: median(xs), y: median(ys), moving: xs.length / cells };
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1];
}

/** The raw cues of tracked objects: edge, centre and flow velocity. */
import { boxCentre, boxHeight } from '../../lib/box';
import type { MotionField } from '../../vision/dense-motion';
import { boxVelocity, type Track, type TrackPoint } from '../../vision/tracker';
import type { ObjectFeatures } from './features';

/** Edges are compared over this time, in seconds. */
const EDGE_SPAN_S = 0.5;
/** Time constant of the smoothing of edge and flow velocities, in seconds. */
const SMOOTHING_S = 0.4;
/** What moves less than so many of its heights stays where it is. */
const STAYS = 0.75;
/** Edges within so many pixels of the picture's border do not move with the object. */
const BORDER = 2;

/** How much rest counts in the average of edge velocities, whose own weight grows to 1: new boxes tremble most. */
const YOUNG = 0.1;

const STILL = { x: 0, y: 0 };

/** An exponential average that knows how much of it has been filled, 0…1. */
interface Average {
  x: number;
  y: number;
  weight: number;
}

interface Memory {
  timeS: number;
  edge: Average;
  flow: Average;
  /** Where it has stayed, and since when. */
  anchor: { x: number; y: number; timeS: number };
}

export class TrackCues {
  private memories = new Map<number, Memory>();

  reset() {
    this.memories.clear();
  }

  step(tracks: readonly Track[], field: MotionField): ObjectFeatures[] {
    const next = new Map<number, Memory>();
    const frame = { width: field.x.width * field.cellSize, height: field.x.height * field.cellSize };
    const objects = tracks.map((track) => {
      const memory = this.remembered(track, field, frame);
      next.set(track.id, memory);
      return objectFeatures(track, memory, field.timeS);
    });
    this.memories = next;
    return objects;
  }

  private remembered(track: Track, field: MotionField, frame: { width: number; height: number }): Memory {
    const before = this.memories.get(track.id);
    const elapsed = before ? field.timeS - before.timeS : 0.1;
    const alpha = 1 - Math.exp(-elapsed / SMOOTHING_S);
    return {
      timeS: field.timeS,
      edge: averaged(before?.edge, edgeVelocity(track, frame), alpha),
      flow: averaged(before?.flow, field.valid ? (boxVelocity(field, track.box) ?? STILL) : null, alpha),
      anchor: anchored(before?.anchor, track, field.timeS),
    };
  }
}

/** The place it has not left since; a new one where it went farther than STAYS heights. */
function anchored(anchor: Memory['anchor'] | undefined, { box }: Track, timeS: number): Memory['anchor'] {
  const { x, y } = boxCentre(box);
  const stays = anchor && Math.hypot(x - anchor.x, y - anchor.y) <= STAYS * boxHeight(box);
  return stays ? anchor : { x, y, timeS };
}

function objectFeatures(track: Track, memory: Memory, timeS: number): ObjectFeatures {
  const centre = centreVelocity(track.history);
  return {
    trackId: track.id,
    box: track.box,
    confirmed: track.seenS === timeS,
    ageS: timeS - track.firstS,
    classIndex: track.classIndex,
    confidence: track.confidence,
    classes: track.classes.slice(),
    embedding: track.embedding.slice(),
    edgeX: memory.edge.x / (memory.edge.weight + YOUNG),
    edgeY: memory.edge.y / (memory.edge.weight + YOUNG),
    centreX: centre.x,
    centreY: centre.y,
    flowX: memory.flow.x / Math.max(1e-6, memory.flow.weight),
    flowY: memory.flow.y / Math.max(1e-6, memory.flow.weight),
    stayS: timeS - memory.anchor.timeS,
  };
}

/** The average with a new value; without one it stays as it is, as nothing was measured. */
function averaged(before: Average | undefined, value: { x: number; y: number } | null, alpha: number): Average {
  const { x, y, weight } = before ?? { x: 0, y: 0, weight: 0 };
  if (!value) return { x, y, weight };
  const mix = (old: number, now: number) => alpha * now + (1 - alpha) * old;
  return { x: mix(x, value.x), y: mix(y, value.y), weight: mix(weight, 1) };
}

/** Velocity of the slower of two opposite edges over EDGE_SPAN_S; an edge on the border is ignored. Null where the track is too young, or its frames too far apart, to tell. */
function edgeVelocity(track: Track, frame: { width: number; height: number }): { x: number; y: number } | null {
  const now = track.history[track.history.length - 1];
  const then = track.history.find((point) => point.timeS >= now.timeS - EDGE_SPAN_S - 1e-3) ?? now;
  const span = now.timeS - then.timeS;
  if (span < EDGE_SPAN_S / 3) return null;
  const atBorder = (near: number, far: number, size: number) => [near <= BORDER, far >= size - BORDER];
  const [left, right] = atBorder(Math.min(now.x0, then.x0), Math.max(now.x1, then.x1), frame.width);
  const [top, bottom] = atBorder(Math.min(now.y0, then.y0), Math.max(now.y1, then.y1), frame.height);
  return {
    x: slowerEdge(now.x0 - then.x0, now.x1 - then.x1, left, right) / span,
    y: slowerEdge(now.y0 - then.y0, now.y1 - then.y1, top, bottom) / span,
  };
}

function slowerEdge(near: number, far: number, nearAtBorder: boolean, farAtBorder: boolean): number {
  if (nearAtBorder && farAtBorder) return 0;
  if (nearAtBorder) return far;
  if (farAtBorder) return near;
  if (near * far < 0) return 0;
  return Math.abs(near) < Math.abs(far) ? near : far;
}

function centreVelocity(history: readonly TrackPoint[]): { x: number; y: number } {
  const now = history[history.length - 1];
  const then = history[0];
  const span = now.timeS - then.timeS;
  if (span < 0.25) return { x: 0, y: 0 };
  const from = boxCentre(then);
  const to = boxCentre(now);
  return { x: (to.x - from.x) / span, y: (to.y - from.y) / span };
}

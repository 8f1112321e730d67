/** Pseudo-anomalies: normal stretches of the streams changed in one place, with exact labels, so that networks can be trained without any. */
import type { Rng } from '../lib/rng';
import { denseMotionDefaults } from '../vision/dense-motion';
import { NOT_STILL, STANDS_S } from '../vision/still-texture';
import { LOOK_PLANES, STREAM_AVERAGE_S, type StreamFrame } from './streams/stream-frame';

/** Faster than it was, another way than it went, something carried through, something that suddenly stands there. */
export const PSEUDO_KINDS = ['fast', 'turned', 'carried', 'standing'] as const;
export type PseudoKind = (typeof PSEUDO_KINDS)[number];

/** A changed stretch: new frames, and per frame 1 for each abnormal cell, or null where the frame is as it was. */
export interface PseudoAnomaly {
  kind: PseudoKind;
  frames: StreamFrame[];
  abnormal: (Uint8Array | null)[];
}

/** An ellipse in cells. */
interface Blob {
  x: number;
  y: number;
  radiusX: number;
  radiusY: number;
}

/** What happens to the cells of the blob, `sinceS` seconds after it began. */
type Change = (frame: StreamFrame, cell: number, dx: number, dy: number, sinceS: number) => void;

/** Texture changes where something has just come, for about as long as the flow looks back. */
const CHANGE_S = denseMotionDefaults.gapS;

/**
 * Change one place of a stretch from a random moment on (or from its beginning), following what moves there. `usualSpeed`: per cell, in frame
 * pixels per second; `foreign`: a frame of another place or scene, whose looks are pasted. Null where the kind needs
 * motion and nothing moves.
 */
export function pseudoAnomaly(
  frames: readonly StreamFrame[],
  kind: PseudoKind,
  usualSpeed: Float32Array,
  foreign: StreamFrame,
  rng: Rng,
): PseudoAnomaly | null {
  const first = rng.next() < 0.3 ? 0 : rng.int(frames.length - 1);
  const last = rng.next() < 0.6 ? frames.length : first + 1 + rng.int(frames.length - first);
  const own = kind === 'fast' || kind === 'turned';
  const start = own ? movingCell(frames[first], usualSpeed, rng) : rng.int(usualSpeed.length);
  if (start === null) return null;
  const { width } = frames[0].grid;
  const blob = { x: start % width, y: Math.floor(start / width), ...extent(rng, own) };
  const speed = usualSpeed[start];
  const way = rng.between(0, 2 * Math.PI);
  const pace = kind === 'carried' ? speed * rng.between(0.7, 2) : 0;
  const velocity = { x: pace * Math.cos(way), y: 0.6 * pace * Math.sin(way) };
  const change = own ? redirected(kind, rng) : pasted(foreign, velocity, rng);
  const abnormal: (Uint8Array | null)[] = [];
  const changed = frames.map((frame, index) => {
    if (index < first || index >= last) {
      abnormal.push(null);
      return frame;
    }
    if (index > first) follow(blob, own ? null : velocity, frames[index - 1], frame);
    const copy = copied(frame);
    abnormal.push(paint(copy, blob, frame.timeS - frames[first].timeS, change));
    return copy;
  });
  return abnormal.some(Boolean) ? { kind, frames: changed, abnormal } : null;
}

/** Widths and heights of people to vehicles; of what moves already about as wide as a person. */
function extent(rng: Rng, own: boolean): Pick<Blob, 'radiusX' | 'radiusY'> {
  const radiusX = own ? rng.between(1, 2.5) : rng.between(0.8, 4.5);
  return { radiusX, radiusY: own ? radiusX * rng.between(1.2, 2.2) : radiusX * rng.between(0.6, 2) };
}

function movingCell({ averagedX, averagedY }: StreamFrame, usualSpeed: Float32Array, rng: Rng): number | null {
  const moving: number[] = [];
  for (let cell = 0; cell < averagedX.length; cell++) {
    if (Math.hypot(averagedX[cell], averagedY[cell]) > 0.35 * usualSpeed[cell]) moving.push(cell);
  }
  return moving.length ? rng.pick(moving) : null;
}

/** Move the blob on from one frame to the next: with `velocity`, or with the flow under it. */
function follow(blob: Blob, velocity: { x: number; y: number } | null, before: StreamFrame, frame: StreamFrame): void {
  const { width, height, cellSize } = frame.grid;
  const cell =
    Math.min(height - 1, Math.max(0, Math.round(blob.y))) * width +
    Math.min(width - 1, Math.max(0, Math.round(blob.x)));
  const elapsed = (frame.timeS - before.timeS) / cellSize;
  blob.x += (velocity?.x ?? before.averagedX[cell]) * elapsed;
  blob.y += (velocity?.y ?? before.averagedY[cell]) * elapsed;
}

const copied = (frame: StreamFrame): StreamFrame => ({
  ...frame,
  averagedX: frame.averagedX.slice(),
  averagedY: frame.averagedY.slice(),
  velocityX: frame.velocityX.slice(),
  velocityY: frame.velocityY.slice(),
  change: frame.change.slice(),
  texture: frame.texture.slice(),
  gradientX: frame.gradientX.slice(),
  gradientY: frame.gradientY.slice(),
  redness: frame.redness.slice(),
  blueness: frame.blueness.slice(),
  still: frame.still.slice(),
});

/** Apply `change` to the cells in the blob; null where it lies beyond the picture. */
function paint(frame: StreamFrame, blob: Blob, sinceS: number, change: Change): Uint8Array | null {
  const { width, height } = frame.grid;
  const abnormal = new Uint8Array(width * height);
  let any = false;
  for (let y = Math.max(0, Math.ceil(blob.y - blob.radiusY)); y <= Math.min(height - 1, blob.y + blob.radiusY); y++) {
    for (let x = Math.max(0, Math.ceil(blob.x - blob.radiusX)); x <= Math.min(width - 1, blob.x + blob.radiusX); x++) {
      const [dx, dy] = [x - blob.x, y - blob.y];
      if ((dx / blob.radiusX) ** 2 + (dy / blob.radiusY) ** 2 > 1) continue;
      change(frame, y * width + x, dx, dy, sinceS);
      abnormal[y * width + x] = 1;
      any = true;
    }
  }
  return any ? abnormal : null;
}

/** Velocities turned and stretched: 1.5–3 times as fast, or another way by 60–180° at 0.9–1.4 times the speed. */
function redirected(kind: PseudoKind, rng: Rng): Change {
  const factor = kind === 'fast' ? rng.between(1.5, 3) : rng.between(0.9, 1.4);
  const turn = kind === 'fast' ? 0 : rng.pick([-1, 1]) * rng.between(Math.PI / 3, Math.PI);
  const [cosine, sine] = [factor * Math.cos(turn), factor * Math.sin(turn)];
  return (frame, cell, _dx, _dy, sinceS) => {
    const [x, y] = [frame.velocityX[cell], frame.velocityY[cell]];
    frame.velocityX[cell] = cosine * x - sine * y;
    frame.velocityY[cell] = sine * x + cosine * y;
    const [ax, ay] = [frame.averagedX[cell], frame.averagedY[cell]];
    approach(frame, cell, cosine * ax - sine * ay, sine * ax + cosine * ay, sinceS);
  };
}

/** The averaged velocity of what goes on follows the new one with its time constant. */
function approach(frame: StreamFrame, cell: number, x: number, y: number, sinceS: number): void {
  const share = 1 - Math.exp(-(sinceS + 0.1) / STREAM_AVERAGE_S);
  frame.averagedX[cell] += share * (x - frame.averagedX[cell]);
  frame.averagedY[cell] += share * (y - frame.averagedY[cell]);
}

/** The looks of another place, moving rigidly; the flow is seen with some noise, and not in the first frame. */
function pasted(foreign: StreamFrame, velocity: { x: number; y: number }, rng: Rng): Change {
  const from = foreign.grid;
  const centreX = rng.between(0.15, 0.85) * from.width;
  const centreY = rng.between(0.15, 0.85) * from.height;
  const noise = 0.1 * Math.hypot(velocity.x, velocity.y);
  return (frame, cell, dx, dy, sinceS) => {
    const x = Math.min(from.width - 1, Math.max(0, Math.round(centreX + dx)));
    const y = Math.min(from.height - 1, Math.max(0, Math.round(centreY + dy)));
    for (const plane of LOOK_PLANES) frame[plane][cell] = foreign[plane][y * from.width + x];
    const moves = Math.hypot(velocity.x, velocity.y) > 0;
    frame.still[cell] = !moves && sinceS >= STANDS_S ? frame.texture[cell] : NOT_STILL;
    const comes = sinceS <= CHANGE_S;
    frame.change[cell] = comes || moves ? 60 + Math.floor(rng.between(0, 180)) : Math.min(frame.change[cell], 30);
    const seen = sinceS > 0 ? 1 : 0;
    frame.velocityX[cell] = seen * (velocity.x + noise * rng.normal());
    frame.velocityY[cell] = seen * (velocity.y + noise * rng.normal());
    if (!moves || !seen) return approach(frame, cell, 0, 0, sinceS);
    // What has just come has its own motion at once: there is no other to be averaged with.
    frame.averagedX[cell] = velocity.x;
    frame.averagedY[cell] = velocity.y;
  };
}

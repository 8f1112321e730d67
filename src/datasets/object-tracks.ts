/** Things that move in front of a fixed camera, followed from frame to frame; offline, without a network. */
import { type Box, boxArea, boxCentre, boxHeight, boxWidth, intersectionOverUnion, movedBox } from '../lib/box';
import type { Frame } from '../media/frame';
import { type Background, boxMean, closingRadius, type Foreground, foregroundOf } from './background';

/** A picture with soft edges: RGBA, alpha = how much of each pixel belongs to the object. */
export interface Sprite {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** An object at one moment. */
export interface Sighting extends Box {
  /** Index of the frame in the footage, and its time. */
  frame: number;
  timeS: number;
  /** The object cut out; (footX, footY) is the middle of its box's lower edge in the sprite, `exposure` the frame's. Null where no picture was asked for. */
  sprite: (Sprite & { footX: number; footY: number; exposure: number }) | null;
}

/** One object over time; sightings in order, gaps of a few frames possible. */
export interface ObjectTrack {
  id: number;
  sightings: Sighting[];
}

/** A connected piece of foreground. */
export interface Blob extends Box {
  area: number;
}

/** Frames an object may be invisible before its track ends. */
const LARGEST_GAP = 2;
/** An object that grows or shrinks by this factor from one frame to the next has merged or been cut: its track ends. */
const LARGEST_GROWTH = 1.7;

/** Follows blobs; feed frames in order, then `finish`. */
export class ObjectTracker {
  private readonly open: ObjectTrack[] = [];
  private readonly done: ObjectTrack[] = [];
  private nextId = 0;
  private frame = 0;

  /** `sprites`: also cut the objects out. `shortestS`: tracks that last less are noise. */
  constructor(
    private readonly background: Background,
    private readonly options: { sprites?: boolean; shortestS?: number } = {},
  ) {}

  /** Take the next frame; returns its blobs, their labels (0 = background, i + 1 = blob i) and its exposure. */
  step(frame: Frame): { blobs: Blob[]; labels: Uint16Array; exposure: number } {
    const foreground = foregroundOf(frame, this.background);
    const { blobs, labels } = foregroundBlobs(foreground.mask, frame.width, frame.height);
    const taken = new Set<number>();
    for (const { track, index } of this.matches(blobs)) {
      const last = track.sightings.at(-1) as Sighting;
      if (last.frame === this.frame || taken.has(index)) continue;
      if (grew(last, blobs[index])) continue;
      taken.add(index);
      track.sightings.push(this.sighting(frame, foreground, blobs[index], labels, index + 1));
    }
    blobs.forEach((blob, index) => {
      if (taken.has(index)) return;
      this.open.push({ id: this.nextId++, sightings: [this.sighting(frame, foreground, blob, labels, index + 1)] });
    });
    this.frame++;
    this.closeLost();
    return { blobs, labels, exposure: foreground.exposure };
  }

  /** All tracks that lasted, oldest first. */
  finish(): ObjectTrack[] {
    const shortestS = this.options.shortestS ?? 0.4;
    return [...this.done, ...this.open.splice(0)]
      .filter(
        ({ sightings }) =>
          sightings.length >= 4 && sightings[sightings.length - 1].timeS - sightings[0].timeS >= shortestS,
      )
      .sort((a, b) => a.id - b.id);
  }

  /** Possible continuations, best first: overlap with where the track should be, or a centre within half its size. */
  private matches(blobs: Blob[]) {
    return this.open
      .flatMap((track) => {
        const expected = expectedBox(track.sightings, this.frame);
        return blobs.map((blob, index) => ({ track, index, fit: fitOf(expected, blob) }));
      })
      .filter(({ fit }) => fit > 0)
      .sort((a, b) => b.fit - a.fit);
  }

  private sighting(frame: Frame, foreground: Foreground, blob: Blob, labels: Uint16Array, label: number): Sighting {
    const sprite = this.options.sprites
      ? cutOut(frame, foreground, blob, labels, label, this.background.thresholds)
      : null;
    return { x0: blob.x0, y0: blob.y0, x1: blob.x1, y1: blob.y1, frame: this.frame, timeS: frame.timeS, sprite };
  }

  private closeLost(): void {
    for (let index = this.open.length - 1; index >= 0; index--) {
      const last = this.open[index].sightings.at(-1) as Sighting;
      if (this.frame - 1 - last.frame > LARGEST_GAP) this.done.push(...this.open.splice(index, 1));
    }
  }
}

/** 8-connected pieces of a mask worth following (at least 20 pixels and 1/5000 of the picture), and a label per pixel. */
export function foregroundBlobs(
  mask: Uint8Array,
  width: number,
  height: number,
): { blobs: Blob[]; labels: Uint16Array } {
  const labels = new Uint16Array(mask.length);
  const smallest = Math.max(20, mask.length / 5000);
  const blobs: Blob[] = [];
  for (let start = 0; start < mask.length; start++) {
    if (!mask[start] || labels[start]) continue;
    const pixels = flood(mask, labels, width, height, start, blobs.length + 1);
    if (pixels.length < smallest || blobs.length > 65_000) {
      for (const pixel of pixels) mask[pixel] = labels[pixel] = 0;
      continue;
    }
    const blob = { x0: width, y0: height, x1: 0, y1: 0, area: pixels.length };
    for (const pixel of pixels) {
      const x = pixel % width;
      const y = (pixel - x) / width;
      blob.x0 = Math.min(blob.x0, x);
      blob.y0 = Math.min(blob.y0, y);
      blob.x1 = Math.max(blob.x1, x + 1);
      blob.y1 = Math.max(blob.y1, y + 1);
    }
    blobs.push(blob);
  }
  return { blobs, labels };
}

function flood(
  mask: Uint8Array,
  labels: Uint16Array,
  width: number,
  height: number,
  start: number,
  label: number,
): number[] {
  const pixels = [start];
  labels[start] = label;
  for (let next = 0; next < pixels.length; next++) {
    const x = pixels[next] % width;
    const y = (pixels[next] - x) / width;
    for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
      for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
        const neighbour = ny * width + nx;
        if (!mask[neighbour] || labels[neighbour]) continue;
        labels[neighbour] = label;
        pixels.push(neighbour);
      }
    }
  }
  return pixels;
}

/** Where the object should be in `frame`, from its last two sightings. */
function expectedBox(sightings: Sighting[], frame: number): Box {
  const last = sightings[sightings.length - 1];
  const before = sightings[Math.max(0, sightings.length - 4)];
  if (before === last) return last;
  const share = (frame - last.frame) / (last.frame - before.frame);
  const from = boxCentre(before);
  const to = boxCentre(last);
  return movedBox(last, (to.x - from.x) * share, (to.y - from.y) * share);
}

/** Overlap, or a little where only the centres are near (small, fast objects at low frame rates). */
function fitOf(expected: Box, blob: Blob): number {
  const overlap = intersectionOverUnion(expected, blob);
  if (overlap >= 0.2) return overlap;
  const a = boxCentre(expected);
  const b = boxCentre(blob);
  const distance = Math.hypot(a.x - b.x, a.y - b.y) / Math.sqrt(boxWidth(blob) * boxHeight(blob));
  return distance < 0.5 ? 0.1 * (1 - distance) : 0;
}

function grew(last: Sighting, blob: Blob): boolean {
  const ratio = boxArea(blob) / Math.max(1, boxArea(last));
  return ratio > LARGEST_GROWTH || ratio < 1 / LARGEST_GROWTH;
}

/**
 * The object with a soft matte: opaque well inside its blob, by its difference from the background near the edge, so that
 * it carries no halo of the place it was cut from.
 */
function cutOut(
  frame: Frame,
  { difference, exposure }: Foreground,
  blob: Blob,
  labels: Uint16Array,
  label: number,
  thresholds: Float32Array,
) {
  const margin = closingRadius(frame.width) + 2;
  const left = Math.max(0, blob.x0 - margin);
  const top = Math.max(0, blob.y0 - margin);
  const width = Math.min(frame.width, blob.x1 + margin) - left;
  const height = Math.min(frame.height, blob.y1 + margin) - top;
  const inside = new Float32Array(width * height);
  const soft = new Float32Array(width * height);
  for (let pixel = 0; pixel < inside.length; pixel++) {
    const source = (top + Math.floor(pixel / width)) * frame.width + left + (pixel % width);
    if (labels[source] && labels[source] !== label) continue;
    inside[pixel] = labels[source] === label ? 1 : 0;
    soft[pixel] = Math.min(1, Math.max(0, difference[source] / thresholds[source] - 0.5));
  }
  const deep = boxMean(inside, width, height, closingRadius(frame.width));
  const near = boxMean(inside, width, height, 1);
  const matte = boxMean(
    soft.map((value, pixel) => (deep[pixel] > 0.999 ? 1 : value * Math.min(1, near[pixel] * 1.5))),
    width,
    height,
    1,
  );
  const data = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < matte.length; pixel++) {
    const source = ((top + Math.floor(pixel / width)) * frame.width + left + (pixel % width)) * 4;
    data.set(frame.data.subarray(source, source + 3), pixel * 4);
    data[pixel * 4 + 3] = Math.max(0, Math.round((matte[pixel] * 1.2 - 0.2) * 255));
  }
  return { width, height, data, footX: (blob.x0 + blob.x1) / 2 - left, footY: blob.y1 - top, exposure };
}

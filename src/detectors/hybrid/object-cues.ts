/** The cues of one object: each a number that grows with how unusual the object is in that respect. */
import { boxCentre, boxHeight, boxWidth } from '../../lib/box';
import { type ExpectedHeight, heightAt } from '../../normality/expected-height';
import { neighbourDistance, type ReferenceSet } from '../../normality/reference-set';
import { UNKNOWN_CLASS } from '../../vision/suppression';
import { type DwellMemory, dwellCue } from './dwell';
import type { ObjectFeatures } from './features';

/** What the object cues compare with. */
export interface ObjectMemory {
  height: ExpectedHeight;
  /** [place x, place y, velocity x, velocity y]: pixels, and expected heights per second. */
  velocity: ReferenceSet;
  classes: ReferenceSet;
  look: ReferenceSet;
  /** [place x, place y, log height over the expected one, log aspect]: pixels, and plain numbers. */
  shape: ReferenceSet;
  dwell: DwellMemory;
}

export const OBJECT_CUES = ['edge', 'velocity', 'course', 'flow', 'class', 'look', 'shape', 'dwell'] as const;
export type ObjectCue = (typeof OBJECT_CUES)[number];

/** Neighbours whose mean distance counts. */
const NEIGHBOURS = 3;
/** One expected height of distance in place weighs as much as this velocity in heights per second, or this log size. */
export const VELOCITY_PLACE = 1.2;
const SHAPE_PLACE = 0.1;
/** Objects slower than this many heights per second cannot be odd by class: it is the misjudged still ones that flicker. */
const MOVES = 0.3;
/** Time constant with which a newly found object comes to be relied on, in seconds. */
const SETTLING_S = 0.3;

/** Height against which the object's speeds are measured: its own, held near what is expected at its place; that alone where it is cut off. */
function speedScale(object: ObjectFeatures, height: ExpectedHeight, size: FrameSize): number {
  const expected = heightAt(height, boxCentre(object.box).x, object.box.y1);
  if (!isWhole(object, size)) return expected;
  return Math.min(1.5 * expected, Math.max(0.67 * expected, boxHeight(object.box)));
}

export interface FrameSize {
  frameWidth: number;
  frameHeight: number;
}

export function velocityRow(object: ObjectFeatures, height: ExpectedHeight, size: FrameSize): number[] {
  const scale = speedScale(object, height, size);
  return [boxCentre(object.box).x, object.box.y1, object.centreX / scale, object.centreY / scale];
}

export function shapeRow(object: ObjectFeatures, height: ExpectedHeight): number[] {
  const tall = Math.max(1, boxHeight(object.box));
  const expected = heightAt(height, boxCentre(object.box).x, object.box.y1);
  return [
    boxCentre(object.box).x,
    object.box.y1,
    Math.log(tall / expected),
    Math.log(Math.max(1, boxWidth(object.box)) / tall),
  ];
}

/** Distance of two places is measured in heights expected at the object's, and weighs `weight` beside the other two values. */
function placeWeights(object: ObjectFeatures, height: ExpectedHeight, weight: number): number[] {
  const unit = weight / heightAt(height, boxCentre(object.box).x, object.box.y1);
  return [unit, unit, 1, 1];
}

/** How far an object's appearance and size can be relied on, 0…1: it grows with the time it has been followed. */
const reliance = (object: ObjectFeatures): number => 1 - Math.exp(-object.ageS / SETTLING_S);

/** Whether it was ever recognised as something; else it is a motion region, without a look. */
export const isKnown = ({ classIndex }: ObjectFeatures): boolean => classIndex !== UNKNOWN_CLASS;

/** A box cut off by the picture's border says nothing about the size of what is in it. */
export function isWhole({ box }: ObjectFeatures, { frameWidth, frameHeight }: FrameSize): boolean {
  const margin = 0.02 * Math.max(frameWidth, frameHeight);
  return box.x0 > margin && box.y0 > margin && box.x1 < frameWidth - margin && box.y1 < frameHeight - margin;
}

/** Cues of appearance, and how far the class responses are from any learned, whether or not it counts yet. */
export interface AppearanceCues {
  class: number;
  look: number;
  strangeness: number;
}

/**
 * Distances of class responses and looks from what was learned. `newcomer`, 0…1, says how surely the picture has changed
 * where the object stands: then it counts even if it is still.
 */
export function appearanceCues(
  object: ObjectFeatures,
  memory: ObjectMemory,
  size: FrameSize,
  newcomer: number,
): AppearanceCues {
  const strangeness = neighbourDistance(memory.classes, object.classes, NEIGHBOURS);
  const trust = reliance(object) * Math.max(newcomer, movingShare(object, memory.height, size));
  const look = trust > 0 && isKnown(object) ? trust * neighbourDistance(memory.look, object.embedding, NEIGHBOURS) : 0;
  return { class: trust * strangeness, look, strangeness };
}

/** 0 for a still object … 1 for one that moves. */
const movingShare = (object: ObjectFeatures, height: ExpectedHeight, size: FrameSize): number =>
  Math.min(1, Math.hypot(object.flowX, object.flowY) / speedScale(object, height, size) / MOVES);

/** Distance to the nearest motions learned. Standing still is normal everywhere, so a motion is never odder than its speed. */
function velocityNovelty(object: ObjectFeatures, memory: ObjectMemory, size: FrameSize): number {
  const row = velocityRow(object, memory.height, size);
  return Math.min(
    Math.hypot(row[2], row[3]),
    neighbourDistance(memory.velocity, row, NEIGHBOURS, placeWeights(object, memory.height, VELOCITY_PLACE)),
  );
}

const shapeNovelty = (object: ObjectFeatures, { shape, height }: ObjectMemory): number =>
  neighbourDistance(shape, shapeRow(object, height), NEIGHBOURS, placeWeights(object, height, SHAPE_PLACE));

/**
 * All cues of one object at this moment; 0 and up. Those of appearance change only where something new was seen of it; the
 * velocity stands for the course too, which is that of the last seconds.
 */
export function objectCues(
  object: ObjectFeatures,
  memory: ObjectMemory,
  size: FrameSize,
  appearance: AppearanceCues,
): Record<ObjectCue, number> {
  const scale = speedScale(object, memory.height, size);
  const trust = reliance(object) * movingShare(object, memory.height, size);
  const whole = isWhole(object, size) ? trust : 0;
  // Where light flickers, flow alone makes regions that go nowhere.
  const fastest = isKnown(object) ? Number.POSITIVE_INFINITY : Math.hypot(object.centreX, object.centreY);
  const velocity = velocityNovelty(object, memory, size);
  return {
    edge: Math.min(Math.hypot(object.edgeX, object.edgeY), fastest) / scale,
    velocity,
    course: velocity,
    flow: Math.min(Math.hypot(object.flowX, object.flowY), fastest) / scale,
    class: appearance.class,
    look: appearance.look,
    shape: whole > 0 ? whole * shapeNovelty(object, memory) : 0,
    dwell: dwellCue(object, size, memory.dwell),
  };
}

/** What the learned half sees of one frame: a token per object, and one for the picture as a whole. */
import { boxHeight, boxWidth } from '../../../lib/box';
import { standardised } from '../../../normality/cue-scale';
import { heightAt } from '../../../normality/expected-height';
import { forEachCell } from '../../../vision/cells-in-box';
import { FRAME_CUES, type FrameCue } from '../dense-cues';
import type { HybridFeatures, ObjectFeatures } from '../features';
import { isKnown, isWhole, OBJECT_CUES, type ObjectCue, type ObjectMemory } from '../object-cues';
import { type CueScales, largestCues, type RawCues } from '../scorer';

/** Features of each kind of cue that AFFM weighs. */
export const TOKEN_CUES = { appearance: 10, context: 11, motion: 12 } as const;
export type TokenCue = keyof typeof TOKEN_CUES;
/** Where the horizontal velocity is among the motion features: it changes its sign in a mirror. */
export const HORIZONTAL = 10;
/** What the network is told of by its standard. */
export type TokenStandard = ObjectCue | FrameCue;
/** Which cue each feature is a standard of, kind by kind from the first on; those after them are of no single cue. */
export const STANDARDS: Record<TokenCue, readonly (TokenStandard | null)[]> = {
  appearance: ['class', 'look', 'shape'],
  context: [...FRAME_CUES, ...FRAME_CUES, null, null, ...FRAME_CUES],
  motion: ['edge', 'velocity', 'flow', 'dwell', 'speed', 'stream'],
};
/** The picture's own token; objects have ids above it. */
export const PICTURE = 0;

export interface Token extends Record<TokenCue, Float32Array> {
  trackId: number;
}

type Dense = Record<FrameCue, number>;

/** Tokens of a frame, the picture's first. All values are about −3 … 3. */
export function frameTokens(features: HybridFeatures, cues: RawCues, scales: CueScales, memory: ObjectMemory): Token[] {
  const largest = largestCues(cues);
  const overall = Object.fromEntries(FRAME_CUES.map((cue) => [cue, squashed(scales, cue, largest[cue])])) as Dense;
  const whole = [...FRAME_CUES.map((cue) => overall[cue]), Math.log1p(features.objects.length), busy(features)];
  const picture: Token = {
    trackId: PICTURE,
    appearance: new Float32Array(TOKEN_CUES.appearance),
    context: contextOf(overall, whole),
    motion: new Float32Array(TOKEN_CUES.motion),
  };
  const objects = features.objects.map((object, index) => {
    const own = cues.objects[index];
    const standard = Object.fromEntries(OBJECT_CUES.map((cue) => [cue, squashed(scales, cue, own[cue])]));
    const here = denseIn(features, object, cues, scales);
    const height = heightAt(memory.height, (object.box.x0 + object.box.x1) / 2, object.box.y1);
    return {
      trackId: object.trackId,
      appearance: Float32Array.from([
        standard.class,
        standard.look,
        standard.shape,
        ...looks(object, features, height),
      ]),
      context: contextOf(here, whole),
      motion: Float32Array.from([
        standard.edge,
        standard.velocity,
        standard.flow,
        standard.dwell,
        here.speed,
        here.stream,
        ...speeds(object, height),
      ]),
    };
  });
  return [picture, ...objects];
}

/** Dense cues at the place, then of the whole picture, and how much stands out here: 3 + 5 + 3 numbers. */
const contextOf = (here: Dense, whole: readonly number[]) =>
  Float32Array.from([
    ...FRAME_CUES.map((cue) => here[cue]),
    ...whole,
    ...FRAME_CUES.map((cue, index) => here[cue] - whole[index]),
  ]);

/** Size, aspect and how sure the detector is; 7 numbers. */
function looks(object: ObjectFeatures, features: HybridFeatures, height: number): number[] {
  const tall = Math.max(1, boxHeight(object.box));
  return [
    clipped(Math.log(tall / height)),
    clipped(Math.log(Math.max(1, boxWidth(object.box)) / tall)),
    isWhole(object, features) ? 1 : 0,
    isKnown(object) ? 1 : 0,
    object.confidence,
    object.classes[0],
    1 - Math.exp(-object.ageS / 0.5),
  ];
}

/** Speeds in expected heights per second, on a logarithmic scale, and whether its ways of measuring them agree; 6 numbers. */
function speeds(object: ObjectFeatures, height: number): number[] {
  const edge = Math.hypot(object.edgeX, object.edgeY) / height;
  const centre = Math.hypot(object.centreX, object.centreY) / height;
  const flow = Math.hypot(object.flowX, object.flowY) / height;
  const along = object.centreX * object.flowX + object.centreY * object.flowY;
  const agreement = along / (height * height * Math.max(0.1, centre * flow));
  return [
    Math.log1p(edge),
    Math.log1p(centre),
    Math.log1p(flow),
    clipped(agreement),
    clipped(object.centreX / height / 2),
    clipped(object.centreY / height / 2),
  ];
}

/** Largest dense cues within the object's box. */
function denseIn(features: HybridFeatures, object: ObjectFeatures, cues: RawCues, scales: CueScales): Dense {
  const largest = { speed: 0, stream: 0, presence: 0 };
  forEachCell(features.flowGrid, object.box, (cell) => {
    for (const cue of FRAME_CUES) largest[cue] = Math.max(largest[cue], cues.dense[cue][cell]);
  });
  return Object.fromEntries(FRAME_CUES.map((cue) => [cue, squashed(scales, cue, largest[cue])])) as Dense;
}

const busy = (features: HybridFeatures) => Math.log1p(100 * features.moving) / 2;
const clipped = (value: number) => Math.min(3, Math.max(-3, value));

/** A standardised cue, logarithmic beyond 1. */
function squashed(scales: CueScales, cue: keyof CueScales, value: number): number {
  const z = standardised(scales[cue], value);
  return z > 1 ? Math.min(3, 1 + Math.log(z)) : Math.max(-1, z);
}

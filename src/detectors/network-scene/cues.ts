/** What speaks for an anomaly at each place of the network's grid, and how it adds up. */
import { type CueScale, contribution, standardised } from '../../normality/cue-scale';

/**
 * Of what moves. Learned in advance: the network's logit. Speed, in the usual speed of the place once it is known. Learned here:
 * divergence of the motion VAE, distance from the motions seen there.
 */
const MOVING_CUES = ['network', 'speed', 'surprise', 'stream'] as const;
/** The last, learned here: what stands there that did not. */
export const PLACE_CUES = [...MOVING_CUES, 'presence'] as const;
export type PlaceCue = (typeof PLACE_CUES)[number];
export type CueScales = Record<PlaceCue, CueScale>;

/** The cues of one frame, before they are put on a common scale. */
export interface FrameCues {
  width: number;
  height: number;
  /** Planes on the network's grid. */
  places: Record<PlaceCue, Float32Array>;
  /** Whether what only a scene can tell is known; it is 0 otherwise. */
  learned: boolean;
}

/** Largest value of each cue in the frame. */
export function largestCues({ places }: FrameCues): Record<PlaceCue, number> {
  const entries = PLACE_CUES.map((cue) => [cue, largest(places[cue])]);
  return Object.fromEntries(entries) as Record<PlaceCue, number>;
}

/**
 * Score of each place: the sum over the cues of what moves, or what stands there where that is more, as a thing left behind has
 * nothing of the former. The frame's is that of its highest place.
 */
export function scoreCues(cues: FrameCues, scales: CueScales): { raw: number; places: Float32Array } {
  const scores = cues.places.network.map((_, place) =>
    Math.max(moves(cues, scales, place), stands(cues, scales, place)),
  );
  return { raw: largest(scores), places: scores };
}

/** The cues that make the score of a place, with what each adds to it. */
export function placeParts(cues: FrameCues, scales: CueScales, place: number): { cue: PlaceCue; score: number }[] {
  const side = stands(cues, scales, place) > moves(cues, scales, place) ? (['presence'] as const) : MOVING_CUES;
  return side.map((cue) => ({ cue, score: part(cue, cues, scales, place) }));
}

const part = (cue: PlaceCue, { places }: FrameCues, scales: CueScales, place: number): number =>
  contribution(standardised(scales[cue], places[cue][place]));

function moves(cues: FrameCues, scales: CueScales, place: number): number {
  let sum = 0;
  for (const cue of MOVING_CUES) sum += part(cue, cues, scales, place);
  return sum;
}

/** Nothing, not even 0, where it is not known what stands there, or not to count. */
const stands = (cues: FrameCues, scales: CueScales, place: number): number =>
  cues.learned && Number.isFinite(scales.presence.upper)
    ? part('presence', cues, scales, place)
    : Number.NEGATIVE_INFINITY;

export const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, value));

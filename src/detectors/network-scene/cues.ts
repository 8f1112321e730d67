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

/** What a cue adds to the score of a place: the contribution of its standard. */
export const added = (cue: PlaceCue, value: number, scales: CueScales): number =>
  contribution(standardised(scales[cue], value));

/**
 * Score of each place: the sum over the cues of what moves, or what stands there where that is more, as a thing left behind has
 * nothing of the former. The frame's is that of its highest place. Cues that are not to count: `without`.
 */
export function scoreCues(
  { places, learned }: FrameCues,
  scales: CueScales,
  without: readonly PlaceCue[] = [],
): { raw: number; places: Float32Array } {
  const moving = MOVING_CUES.filter((cue) => !without.includes(cue));
  const stands = learned && !without.includes('presence');
  const scores = places.network.map((_, place) => {
    const moves = moving.reduce((sum, cue) => sum + added(cue, places[cue][place], scales), 0);
    return stands ? Math.max(moves, added('presence', places.presence[place], scales)) : moves;
  });
  return { raw: largest(scores), places: scores };
}

const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, value));

/** What speaks for an anomaly at each place of the network's grid, and how it adds up. */
import { type CueScale, contribution, standardised } from '../../normality/cue-scale';
import type { NetworkOutput } from '../network-runner';
import { movingCells, PATCH_VALUES, patchAt, placeAt } from '../streams/motion-patches';
import { type MotionEncoder, motionSurprise } from '../streams/motion-surprise';
import { MOTION_CHANNELS, type StreamInputs } from '../streams/stream-inputs';

/**
 * Learned in advance: the network's logit. Speed, in the usual speed of the place once it is known. Learned here: divergence of the motion
 * VAE, distance from the motions seen there, what stands there that did not. A kind may give a cue no weight: the shipped ones do without
 * the last and without the segment.
 */
export const PLACE_CUES = ['network', 'speed', 'surprise', 'stream', 'presence'] as const;
export type PlaceCue = (typeof PLACE_CUES)[number];
export type NetworkCue = PlaceCue | 'segment';
export type CueScales = Record<NetworkCue, CueScale>;
/** How much each standardised cue counts in the score. */
export type CueWeights = Record<NetworkCue, number>;

/** The cues of one frame, before they are put on a common scale. */
export interface FrameCues {
  width: number;
  height: number;
  /** Planes on the network's grid. */
  places: Record<PlaceCue, Float32Array>;
  /** Logit of the whole segment. */
  segment: number;
}

/** Channel of the streams that says how far the averaged velocity is from any seen. */
const UNSEEN = 5;

/** Without an encoder nothing is known of the scene: only the network and the speed speak. */
export function readCues(inputs: StreamInputs, output: NetworkOutput, encoder: MotionEncoder | null): FrameCues {
  const { width, height } = output;
  const speed = new Float32Array(width * height);
  const surprise = new Float32Array(width * height);
  const stream = new Float32Array(width * height);
  const presence = new Float32Array(width * height);
  const patch = new Float32Array(PATCH_VALUES);
  const placeOfCell = (cell: number) => ((cell % inputs.width) >> 1) + (Math.floor(cell / inputs.width) >> 1) * width;
  for (const cell of movingCells(inputs)) {
    const place = placeOfCell(cell);
    const at = cell * MOTION_CHANNELS;
    speed[place] = Math.max(speed[place], Math.hypot(inputs.motion[at], inputs.motion[at + 1]));
    if (!encoder) continue;
    const divergence = motionSurprise(encoder, patchAt(inputs, cell, patch), placeAt(inputs, cell));
    surprise[place] = Math.max(surprise[place], divergence);
    stream[place] = Math.max(stream[place], inputs.motion[at + UNSEEN]);
  }
  for (let cell = 0; cell < inputs.width * inputs.height; cell++) {
    const place = placeOfCell(cell);
    presence[place] = Math.max(presence[place], inputs.standing[cell]);
  }
  const { probability } = output;
  const segment = Math.log(Math.max(1e-7, probability) / Math.max(1e-7, 1 - probability));
  return { width, height, places: { network: output.logits, speed, surprise, stream, presence }, segment };
}

/** Largest value of each cue in the frame. */
export function largestCues({ places, segment }: FrameCues): Record<NetworkCue, number> {
  const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, value));
  return {
    network: largest(places.network),
    speed: largest(places.speed),
    surprise: largest(places.surprise),
    stream: largest(places.stream),
    presence: largest(places.presence),
    segment,
  };
}

/** What a cue adds to the score: its weight times the contribution of its standard. */
export const weighed = (cue: NetworkCue, value: number, scales: CueScales, weights: CueWeights): number =>
  weights[cue] * contribution(standardised(scales[cue], value));

/** Score of each place, Σ weighed cue, and the frame's: its highest place and the segment. */
export function scoreCues(
  { places, segment }: FrameCues,
  scales: CueScales,
  weights: CueWeights,
): { raw: number; places: Float32Array } {
  const scores = places.network.map((_, place) =>
    PLACE_CUES.reduce((sum, cue) => sum + weighed(cue, places[cue][place], scales, weights), 0),
  );
  const highest = scores.reduce((most, score) => Math.max(most, score));
  return { raw: highest + weighed('segment', segment, scales, weights), places: scores };
}

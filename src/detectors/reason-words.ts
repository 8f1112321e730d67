/** How reasons are worded and ranked, the same in every detector. */
import type { Reason } from '../alerts/moment';
import type { Rarity, ScaledScore } from '../normality/rarity';

/** Cues below this standard are ordinary and are not spoken of; a cue at standard s weighs 1.1·s, or as many times that as it counts. */
const WORTH_SAYING = 1;

/** A ratio in words: "3.1×", "24×". */
export const times = (ratio: number) => `${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio)}×`;

/** What is worth saying, strongest first; what several cues say alike is said once. */
export function strongestReasons(reasons: readonly Reason[]): Reason[] {
  const worth = reasons.filter((reason) => reason.weight > WORTH_SAYING * 1.1).sort((a, b) => b.weight - a.weight);
  return worth.filter((reason, i) => worth.findIndex((other) => other.cue === reason.cue) === i);
}

/** Of the speed at a place; `elsewhere` where nothing is known of this scene. */
export const fastMotionReason = (ratio: number, elsewhere = false): Omit<Reason, 'weight'> => ({
  cue: 'motion',
  text: `something moves ${times(ratio)} as fast as the fastest usually seen${elsewhere ? ' elsewhere' : ''}`,
});

/** Of the distance from motions seen at a place. */
export const unseenMotionReason = (ratio: number): Omit<Reason, 'weight'> => ({
  cue: 'place',
  text: `motion never seen at this place (${times(ratio)} the usual deviation)`,
});

/** Of how far what stands still differs from what usually stands there. */
export const standingReason = (ratio: number): Omit<Reason, 'weight'> => ({
  cue: 'presence',
  text: `something stands here that did not before (${times(ratio)} the usual change)`,
});

/** Of how far a patch of the picture is from any seen in the scene. Of the same cue as what stands there: what the user calls normal for one reason is so for the other. */
export const unseenLookReason = (ratio: number): Omit<Reason, 'weight'> => ({
  cue: 'presence',
  text: `nothing that looks like this was seen in this scene (${times(ratio)} the usual deviation)`,
});

/** An average over seconds that normal footage reaches less often than this is given as a reason. */
const LASTING_WORTH_SAYING_S = 60;

/** Of what stays unusual: one reason, or none where its return period says little. */
export function lastingReasons(
  { lasting: { threshold } }: Rarity,
  { lasting }: ScaledScore,
  lastingS: number,
): Reason[] {
  if (lastingS <= LASTING_WORTH_SAYING_S) return [];
  const ratio = lasting / Math.max(0.1, threshold);
  return [{ cue: 'duration', text: `stays unusual for seconds (${times(ratio)} the usual average)`, weight: 0 }];
}

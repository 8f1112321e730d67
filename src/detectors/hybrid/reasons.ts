/** Why an object or place is unusual, in words with the number behind them. */
import type { Reason } from '../../alerts/moment';
import { boxCentre, boxHeight } from '../../lib/box';
import { contribution, standardised } from '../../normality/cue-scale';
import { type ExpectedHeight, heightAt } from '../../normality/expected-height';
import {
  fastMotionReason,
  standingReason,
  strongestReasons,
  times,
  unseenLookReason,
  unseenMotionReason,
} from '../reason-words';
import { cocoLabel } from './coco-labels';
import type { DenseCue } from './dense-cues';
import { longestStayS } from './dwell';
import type { ObjectFeatures } from './features';
import { OBJECT_CUES, type ObjectCue } from './object-cues';
import { type CueScales, placeParts } from './scorer';

/** Reasons of one object, `others` among them, strongest first; several speed cues are said once. */
export function objectReasons(
  object: ObjectFeatures,
  cues: Record<ObjectCue, number>,
  scales: CueScales,
  height: ExpectedHeight,
  others: readonly Reason[],
): Reason[] {
  const say: Record<ObjectCue, (ratio: number) => Omit<Reason, 'weight'>> = {
    edge: (ratio) => ({ cue: 'speed', text: `moves ${times(ratio)} as fast as the fastest usually seen` }),
    flow: (ratio) => ({ cue: 'speed', text: `moves ${times(ratio)} as fast as the fastest usually seen` }),
    velocity: (ratio) => ({
      cue: 'direction',
      text: `its way of moving is new at this place (${times(ratio)} the usual deviation)`,
    }),
    course: (ratio) => ({
      cue: 'direction',
      text: `has gone for a while as nothing went at this place (${times(ratio)} the usual deviation)`,
    }),
    class: (ratio) => ({
      cue: 'class',
      text: `looks like a ${cocoLabel(object.classIndex)} (${Math.round(object.confidence * 100)} %), ${times(ratio)} the usual deviation`,
    }),
    look: (ratio) => ({
      cue: 'look',
      text: `does not look like what was learned (${times(ratio)} the usual deviation)`,
    }),
    shape: () => ({
      cue: 'size',
      text: `is ${times(boxHeight(object.box) / heightAt(height, boxCentre(object.box).x, object.box.y1))} as tall as expected at this place`,
    }),
    dwell: () => ({
      cue: 'dwell',
      text: `has stayed for ${Math.round(object.stayS)} s, where the longest stay seen was ${Math.round(longestStayS(object.stayS, cues.dwell))} s`,
    }),
  };
  const reasons = OBJECT_CUES.map((cue) => {
    const weight = contribution(standardised(scales[cue], cues[cue]));
    return { ...say[cue](cues[cue] / scales[cue].upper), weight };
  });
  return strongestReasons([...reasons, ...others]);
}

/** Reasons of a place, strongest first: of the cues that make its score, those past their 99th percentile. */
export function placeReasons(dense: Record<DenseCue, Float32Array>, place: number, scales: CueScales): Reason[] {
  const say: Record<DenseCue, (ratio: number) => Omit<Reason, 'weight'>> = {
    speed: (ratio) => fastMotionReason(ratio),
    stream: unseenMotionReason,
    presence: standingReason,
    patch: unseenLookReason,
  };
  return strongestReasons(
    placeParts(dense, place, scales).map(({ cue, standard, score }) => ({
      ...say[cue](dense[cue][place] / scales[cue].upper),
      weight: standard > 1 ? score : 0,
    })),
  );
}

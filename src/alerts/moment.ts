/** What the alert rules, the report and the screen know of one analysed frame. */
import type { Box } from '../lib/box';
import type { ViewState } from '../vision/view-state';

/** Why something is unusual: a cue, in words, with the number behind it. */
export interface Reason {
  /** The cue: 'speed', 'direction', 'look', 'class', 'size', 'place', 'presence', 'dwell', 'motion', 'duration'. */
  cue: string;
  /** For the user, with its number: 'moves 3.1× faster than anything seen in this place'. */
  text: string;
  /** The cue's share of the raw score, ≥ 0. */
  weight: number;
}

/** Something found in the picture: a detected object or a moving region. */
export interface ObservedObject extends Box {
  /** Stays the same while the object is tracked. */
  trackId: number;
  /** COCO class name, or 'motion' for a moving region that no class fits. */
  label: string;
  /** Anomaly score of this object, same scale as `Moment.raw`. */
  raw: number;
  /** How rare the moment would be if nothing else in it were unusual, in seconds; at most the moment's. Missing: not known. */
  returnPeriodS?: number;
  reasons: Reason[];
}

/** One analysed frame, judged. */
export interface Moment {
  timeS: number;
  /** Anomaly score before calibration: about 0 is ordinary (it can be slightly negative), no upper bound. */
  raw: number;
  /** How often normal footage of this scene reaches this score: once in so many seconds. Infinity is never used. */
  returnPeriodS: number;
  /** The same on a logarithmic scale, 0 (every second) … 1 (once a day or rarer): what the meter shows. */
  score: number;
  /** True where the return period lies beyond what the learning footage can support. */
  extrapolated: boolean;
  /** Strongest first; empty for an ordinary moment. */
  reasons: Reason[];
  objects: ObservedObject[];
  /** Where the evidence is strongest, in pixels of the frame; missing where there is none. */
  place?: { x: number; y: number };
  /** What the whole picture is like; missing: clear. What is not judged there (see `isJudged`) raises no alert. */
  view?: ViewState;
  /** For live sources the wall clock, as minutes since Monday 0:00 in local time, 0…10,079. */
  localMinute?: number;
}

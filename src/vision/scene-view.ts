/** What a scene usually looks like as a whole: learned beside it, so that a camera that was moved or covered is noticed. */
import { sortedQuantile } from '../lib/statistics';
import type { Frame } from '../media/frame';
import {
  agreement,
  coarsePicture,
  edgesOf,
  fineDetail,
  meanStrength,
  smallPicture,
  strongCells,
  type TwoScales,
} from './picture-structure';
import type { Plane } from './plane';

/** Plain data, kept with the learned scene. */
export interface SceneView {
  width: number;
  height: number;
  /** Median luma per cell, 0…255: who passes leaves no trace in it. */
  median: Uint8Array;
  /** How well ordinary pictures agree with the usual one, on the fine and on the coarse grid. */
  agreement: number;
  coarseAgreement: number;
  /** What the least agreeing tenth of them agrees on both grids: what passes may fill much of the picture. */
  leastAgreement: number;
  leastCoarseAgreement: number;
  /** Usual edge strength on the coarse grid and fine detail per such strength. */
  strength: number;
  sharpness: number;
  /** Least difference between pictures that followed each other, in grey levels: the sensor's noise. */
  noise: number;
  /** Longest time for which the picture stood perfectly still, in seconds. */
  longestStillS: number;
}

/** The view with what comparing needs again and again. */
export interface KnownView extends SceneView, TwoScales {}

export function knownView(view: SceneView): KnownView {
  const usual = { width: view.width, height: view.height, values: Float32Array.from(view.median) };
  const edges = edgesOf(usual);
  const coarse = edgesOf(coarsePicture(usual));
  return { ...view, edges, cells: strongCells(edges), coarse, coarseCells: strongCells(coarse) };
}

/** Pictures kept to say how much ordinary ones vary. */
const SAMPLES = 24;
/** Pictures nearer in time than this are not taken, in seconds. */
const EVERY_S = 0.2;

/** Takes normal footage and says what it usually looks like. */
export class ViewLearner {
  private count = 0;
  private samples: Plane[] = [];
  private every = 1;
  private last: { timeS: number; picture: Plane } | null = null;
  private stillSinceS = 0;
  private longestStillS = 0;
  private differences: number[] = [];

  add(frame: Frame): void {
    if (this.last && frame.timeS - this.last.timeS < EVERY_S - 1e-3 && frame.timeS >= this.last.timeS) return;
    const picture = smallPicture(frame);
    if (this.samples.length && this.samples[0].values.length !== picture.values.length) return;
    if (this.count % this.every === 0) this.keep(picture);
    this.count++;
    this.noteDifference(frame.timeS, picture);
    this.last = { timeS: frame.timeS, picture };
  }

  private keep(picture: Plane): void {
    this.samples.push(picture);
    if (this.samples.length <= 2 * SAMPLES) return;
    this.samples = this.samples.filter((_, index) => index % 2 === 0);
    this.every *= 2;
  }

  private noteDifference(timeS: number, picture: Plane): void {
    const { last } = this;
    const difference = last && timeS > last.timeS ? meanDifference(last.picture, picture) : null;
    if (difference === null || difference > 0) this.stillSinceS = timeS;
    this.longestStillS = Math.max(this.longestStillS, timeS - this.stillSinceS);
    if (difference !== null && this.differences.length < 4000) this.differences.push(difference);
  }

  /** Null before the first picture. */
  view(): SceneView | null {
    const { samples } = this;
    if (!samples.length) return null;
    const bare = {
      width: samples[0].width,
      height: samples[0].height,
      median: medianPicture(samples),
      agreement: 1,
      coarseAgreement: 1,
      leastAgreement: 1,
      leastCoarseAgreement: 1,
      strength: 1,
      sharpness: 1,
    };
    const known = knownView({ ...bare, noise: 0, longestStillS: 0 });
    const measured = samples.map((picture) => measure(picture, known));
    const quantile = (share: number, pick: (one: ReturnType<typeof measure>) => number) =>
      sortedQuantile(Float64Array.from(measured, pick).sort(), share);
    const middle = (pick: (one: ReturnType<typeof measure>) => number) => quantile(0.5, pick);
    return {
      ...bare,
      agreement: middle((one) => one.agreement),
      coarseAgreement: middle((one) => one.coarseAgreement),
      leastAgreement: quantile(0.1, (one) => one.agreement),
      leastCoarseAgreement: quantile(0.1, (one) => one.coarseAgreement),
      strength: middle((one) => one.strength),
      sharpness: middle((one) => one.sharpness),
      noise: this.differences.length ? sortedQuantile(Float64Array.from(this.differences).sort(), 0.02) : 0,
      longestStillS: this.longestStillS,
    };
  }
}

function medianPicture(samples: readonly Plane[]): Uint8Array {
  const levels = new Float32Array(samples.length);
  return Uint8Array.from(samples[0].values, (_, cell) => {
    for (let index = 0; index < samples.length; index++) levels[index] = samples[index].values[cell];
    return Math.round(levels.sort()[samples.length >> 1]);
  });
}

/** A picture against a view, in the view's own measures. */
export function measure(picture: Plane, view: KnownView) {
  const edges = edgesOf(picture);
  const coarse = edgesOf(coarsePicture(picture));
  const isBlind = (cell: number) => picture.values[cell] > 250;
  const strength = meanStrength(coarse, view.coarseCells);
  return {
    edges,
    coarse,
    agreement: agreement(view.edges, edges, view.cells, { isBlind }),
    coarseAgreement: agreement(view.coarse, coarse, view.coarseCells),
    strength,
    sharpness: fineDetail(picture, view.cells) / Math.max(0.5, strength),
  };
}

/** Mean absolute difference of two small pictures, in grey levels. */
export function meanDifference(a: Plane, b: Plane): number {
  let sum = 0;
  for (let cell = 0; cell < a.values.length; cell++) sum += Math.abs(a.values[cell] - b.values[cell]);
  return sum / a.values.length;
}

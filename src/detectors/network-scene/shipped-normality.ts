/** What ordinary footage looks like to a network, and how fast things move in it: what it judges by before a scene is learned. */
import { quantile } from '../../lib/statistics';
import type { CueScale } from '../../normality/cue-scale';
import type { LearnedScene } from '../detector';
import { learningFootage } from '../learning-footage';
import type { NetworkRunner } from '../network-runner';
import type { StreamFrame } from '../streams/stream-frame';
import type { CueScales, FrameCues } from './cues';
import { calibrated, fitScales, type NetworkSceneKind, type NetworkSceneModel, readPart } from './scene';

/**
 * Scales and calibration on normal clips of several scenes of any sizes, the network run as it is where no scene is known: nothing of
 * the clips is remembered but how its scores are distributed. A cue's scale is the median of the scenes' own, so that one in which everything
 * is fast does not decide for all. The clips should not be those it was trained on. Throws LearningError where they are too short.
 * The result fits pictures of every size, so its own is 0×0.
 */
export async function fitShippedNormality(
  kind: NetworkSceneKind,
  scenes: readonly (readonly (readonly StreamFrame[])[])[],
  runner: NetworkRunner,
): Promise<LearnedScene> {
  const { frames, durationS } = learningFootage(scenes.flat());
  const parts: (readonly StreamFrame[])[] = [];
  const cues: FrameCues[][] = [];
  const scales: CueScales[] = [];
  for (const clips of scenes) {
    const read: FrameCues[][] = [];
    for (const clip of clips) read.push(await readPart(clip, null, runner));
    parts.push(...clips);
    cues.push(...read);
    scales.push(fitScales(read.flat()));
  }
  const model: NetworkSceneModel = { here: null, ...calibrated(kind, parts, cues, medianScales(scales)) };
  const { detector, version } = kind;
  return { detector, version, width: 0, height: 0, durationS, frames: frames.length, model };
}

function medianScales(scales: readonly CueScales[]): CueScales {
  const middle = (cue: keyof CueScales, end: keyof CueScale) =>
    quantile(
      scales.map((scale) => scale[cue][end]),
      0.5,
    );
  const cues = Object.keys(scales[0]) as (keyof CueScales)[];
  return Object.fromEntries(
    cues.map((cue) => [cue, { median: middle(cue, 'median'), upper: middle(cue, 'upper') }]),
  ) as CueScales;
}

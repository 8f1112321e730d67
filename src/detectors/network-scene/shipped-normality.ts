/** What ordinary footage looks like to a network, and how fast things move in it: what it judges by before a scene is learned. */
import type { LearnedScene } from '../detector';
import { learningFootage } from '../learning-footage';
import type { NetworkRunner } from '../network-runner';
import type { StreamFrame } from '../streams/stream-frame';
import { calibrated, type NetworkSceneKind, type NetworkSceneModel, readPart } from './scene';

/**
 * Scales and calibration on normal clips of any scenes and sizes, the network run as it is where no scene is known: nothing of
 * the clips is remembered but how its scores are distributed. The clips should not be those it was trained on. Throws
 * LearningError where they are too short. The result fits pictures of every size, so its own is 0×0.
 */
export async function fitShippedNormality(
  kind: NetworkSceneKind,
  clips: readonly (readonly StreamFrame[])[],
  runner: NetworkRunner,
): Promise<LearnedScene> {
  const { parts, frames, durationS } = learningFootage(clips);
  const cues = [];
  for (const part of parts) cues.push(await readPart(part, null, runner));
  const model: NetworkSceneModel = { here: null, ...calibrated(parts, cues) };
  const { detector, version } = kind;
  return { detector, version, width: 0, height: 0, durationS, frames: frames.length, model };
}

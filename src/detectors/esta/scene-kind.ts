/** How ESTA's scenes are told from others', and what each cue counts in its score: the same as for STADNet. */
import type { NetworkSceneKind } from '../network-scene/scene';
import { stadnetSceneKind } from '../stadnet/scene-kind';

export const estaSceneKind: NetworkSceneKind = {
  detector: 'esta',
  version: 2,
  weights: stadnetSceneKind.weights,
};

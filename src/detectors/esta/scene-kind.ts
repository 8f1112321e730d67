/** How ESTA's scenes are told from others', and what each cue counts in its score: the same as for STADNet. */
import type { NetworkSceneKind } from '../network-scene/scene';

export const estaSceneKind: NetworkSceneKind = {
  detector: 'esta',
  version: 2,
  weights: { network: 1, speed: 1, surprise: 1, stream: 1, presence: 0, segment: 0 },
};

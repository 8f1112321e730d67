/** How STADNet's scenes are told from others', and what each cue counts in its score. */
import type { NetworkSceneKind } from '../network-scene/scene';

export const stadnetSceneKind: NetworkSceneKind = {
  detector: 'stadnet',
  version: 5,
  // All alike: many other weights are as good on planted clips; see the README.
  weights: { network: 1, speed: 1, surprise: 1, stream: 1, presence: 0, segment: 0 },
};

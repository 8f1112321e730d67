/** How STADNet's scenes are told from others', and what each cue counts in its score. */
import type { NetworkSceneKind } from '../network-scene/scene';

export const stadnetSceneKind: NetworkSceneKind = {
  detector: 'stadnet',
  version: 4,
  // Others were a little better on planted clips and much worse on Ped2; see the README.
  weights: { network: 1, surprise: 1, stream: 1, presence: 0, segment: 1 },
};

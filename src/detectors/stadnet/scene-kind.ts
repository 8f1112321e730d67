/** How STADNet's scenes are told from others', and what each cue counts in its score. */
import type { NetworkSceneKind } from '../network-scene/scene';

export const stadnetSceneKind: NetworkSceneKind = {
  detector: 'stadnet',
  version: 3,
  weights: { network: 1, surprise: 1, stream: 1, presence: 1, segment: 1 },
};

/** How STADNet's scenes are told from others', and what each cue counts in its score. */
import type { NetworkSceneKind } from '../network-scene/scene';

export const stadnetSceneKind: NetworkSceneKind = {
  detector: 'stadnet',
  version: 3,
  // The best mean over planted clips, of 108 combinations; see the README.
  weights: { network: 1, surprise: 0.25, stream: 0.5, presence: 0.25, segment: 0 },
};

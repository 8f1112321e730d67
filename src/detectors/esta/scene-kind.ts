/** How ESTA's scenes are told from others', and what each cue counts in its score. */
import type { NetworkSceneKind } from '../network-scene/scene';

export const estaSceneKind: NetworkSceneKind = {
  detector: 'esta',
  version: 1,
  // Chosen on planted clips with STADNet's network, which has the same other cues.
  weights: { network: 1, surprise: 0.25, stream: 0.5, presence: 0.25, segment: 0 },
};

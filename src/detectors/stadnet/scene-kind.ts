/** How STADNet's scenes are told from others'. */
import type { NetworkSceneKind } from '../network-scene/scene';

export const stadnetSceneKind: NetworkSceneKind = { detector: 'stadnet', version: 8 };

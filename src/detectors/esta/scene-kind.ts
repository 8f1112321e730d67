/** How ESTA's scenes are told from others'. */
import type { NetworkSceneKind } from '../network-scene/scene';

export const estaSceneKind: NetworkSceneKind = { detector: 'esta', version: 5 };

/** Every detector, by name. A network detector is one line in `networkSceneKinds` and one in `detectors`. */
import type { DetectorEntry } from './detector';
import { estaSceneKind } from './esta/scene-kind';
import { hybrid } from './hybrid/detector';
import { networkDetector } from './network-detector';
import type { NetworkSceneKind } from './network-scene/scene';
import { stadnetSceneKind } from './stadnet/scene-kind';

export const networkSceneKinds: Record<string, NetworkSceneKind> = { stadnet: stadnetSceneKind, esta: estaSceneKind };

export const detectors: Record<string, DetectorEntry> = {
  hybrid,
  stadnet: networkDetector(stadnetSceneKind, async (stored) =>
    (await import('./stadnet/runner')).createStadnetRunner(stored),
  ),
  esta: networkDetector(estaSceneKind, async (stored) => (await import('./esta/runner')).createEstaRunner(stored)),
};

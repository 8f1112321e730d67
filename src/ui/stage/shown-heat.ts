/** Which map is drawn over the picture, of those the detector has. */
import { useEffect, useState } from 'react';
import { cardOf } from '../../detectors/catalogue';
import type { WatchState } from '../../state/watch-store';
import type { Overlay } from '../../storage/preferences';
import type { ObservedFrame } from '../../worker/protocol';
import { useWatch } from '../watch-context';
import { type StageStore, useStageStore, useStageWithoutAttention } from './stage-context';

/** The detector whose judgement is on screen, or will be. */
const judging = ({ judgedBy, detector }: WatchState) => judgedBy ?? detector;

/** Why there is no attention to show; null where there is. */
export function useAttentionMissing(): string | null {
  const ofDetector = useWatch((state) => cardOf(judging(state)).attentionMissing);
  return useStageWithoutAttention() ?? ofDetector;
}

/** What the user chose, or evidence where that is attention and the detector has none. */
export function useShownHeat(): Overlay['heat'] {
  const heat = useWatch((state) => state.overlay.heat);
  return useAttentionMissing() !== null && heat === 'attention' ? 'evidence' : heat;
}

/** The map of this name, the first where there is none of it; null where the frame came without attention. */
export function attentionMap({ attention }: ObservedFrame, name: string | null) {
  return attention?.maps.find((map) => map.name === name) ?? attention?.maps[0] ?? null;
}

const namesOf = (stage: StageStore) => stage.getState().frame?.attention?.maps.map(({ name }) => name) ?? [];

/** Names of the maps of attention; those of the last frame that had any. Renders when they change, not with every frame. */
export function useAttentionNames(): string[] {
  const stage = useStageStore();
  const [names, setNames] = useState(() => namesOf(stage));
  useEffect(
    () =>
      stage.subscribe(() => {
        const now = namesOf(stage);
        setNames((before) => (now.length === 0 || now.join() === before.join() ? before : now));
      }),
    [stage],
  );
  return names;
}

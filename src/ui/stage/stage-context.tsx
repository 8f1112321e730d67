/** What the stage, the meter and the timeline share past the session's state: the frame on screen, the player, a looked-up alert. */
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { RuleChanges } from '../../state/alert-control';
import type { AlertEvent, ObservedFrame } from '../../worker/protocol';
import { useActions, useWatchStore } from '../watch-context';

/** Rules as they would be saved. */
export interface RulesDraft extends RuleChanges {
  zoneId: string | null;
}

export interface StageState {
  /** The judged frame on screen; null where the present moment of a file is not analysed yet. Changes with every frame. */
  frame: ObservedFrame | null;
  /** The page's own player, for files that it can play. */
  video: HTMLVideoElement | null;
  /** The moment of the recording at which that video begins, in seconds. */
  videoStartS: number;
  /** An earlier alert of a live source, shown over the live picture. */
  still: AlertEvent | null;
  /** Alert rules that are being changed, and the zone that is being drawn; null where none are. */
  draft: RulesDraft | null;
}

const createStageStore = () =>
  createStore<StageState>(() => ({ frame: null, video: null, videoStartS: 0, still: null, draft: null }));
export type StageStore = ReturnType<typeof createStageStore>;

const StageContext = createContext<StageStore | null>(null);

const AttentionMissingContext = createContext<string | null>(null);

/** Why the frames of this stage come without attention, whichever detector judged them; null where they may have it, and outside of a stage. */
export const useStageWithoutAttention = () => useContext(AttentionMissingContext);

export function StageProvider(props: { attentionMissing?: string; children: ReactNode }) {
  const [stage] = useState(createStageStore);
  return (
    <StageContext value={stage}>
      <AttentionMissingContext value={props.attentionMissing ?? null}>{props.children}</AttentionMissingContext>
    </StageContext>
  );
}

export function useStageStore(): StageStore {
  const stage = useContext(StageContext);
  if (!stage) throw new Error('This component must stand inside <StageProvider>.');
  return stage;
}

/** One value of the stage; never select `frame` itself, which changes with every frame: subscribe to the store. */
export const useStage = <T,>(select: (state: StageState) => T): T => useStore(useStageStore(), select);

/** Go to a moment: seeks the player of a file; shows the nearest alert's picture of a live source. */
export function useJump(): (timeS: number) => void {
  const stage = useStageStore();
  const store = useWatchStore();
  const actions = useActions();
  return useCallback(
    (timeS) => {
      const { video } = stage.getState();
      if (video) {
        video.pause();
        video.currentTime = timeS;
      } else {
        stage.setState({ still: nearestAlert(store.getState().alerts, timeS) });
      }
      actions.jumpTo(timeS);
    },
    [stage, store, actions],
  );
}

/** The alert that holds this moment, or whose peak lies within ten seconds of it; null where there is none. */
function nearestAlert(alerts: AlertEvent[], timeS: number): AlertEvent | null {
  const distance = ({ startS, endS, peak }: AlertEvent) =>
    timeS >= startS && timeS <= (endS ?? Number.POSITIVE_INFINITY) ? 0 : Math.abs(peak.timeS - timeS);
  const near = alerts.filter((alert) => distance(alert) <= 10).sort((a, b) => distance(a) - distance(b));
  return near[0] ?? null;
}

/** Play or pause the file on the stage; nothing for live sources. */
export function useTogglePlay(): () => void {
  const stage = useStageStore();
  return useMemo(
    () => () => {
      const { video } = stage.getState();
      if (video?.paused) void video.play();
      else video?.pause();
    },
    [stage],
  );
}

/** Stepping through a video picture by picture. */
import { useCallback } from 'react';
import { useReview } from '../review-context';
import { useStageStore } from '../stage/stage-context';

/** Time between two pictures: of footage that was kept while watching, and of a usual file, in seconds. */
const KEPT_STEP_S = 0.1;
const FILE_STEP_S = 0.04;

/** Stops the video and moves it so many pictures. */
export function useFrameStep(): (pictures: number) => void {
  const stage = useStageStore();
  const live = useReview((state) => state.recording?.source.live ?? true);
  return useCallback(
    (pictures) => {
      const { video } = stage.getState();
      if (!video) return;
      video.pause();
      video.currentTime = Math.max(0, video.currentTime + pictures * (live ? KEPT_STEP_S : FILE_STEP_S));
    },
    [stage, live],
  );
}

/** What makes a recap go on: each part plays to its end, a picture stays for a few seconds, then the next one comes. */
import { useEffect } from 'react';
import type { Recap } from '../../state/recap';
import { useReviewActions } from '../review-context';
import { useStage } from '../stage/stage-context';

/** How long the picture of an event without video is shown, in milliseconds. */
const PICTURE_MS = 4000;
/** A video that has not come to this part's stretch after so long is given up, in milliseconds. */
const PATIENCE_MS = 10_000;

export function useRecapDriver({ parts, index, ready, playing }: Recap, speed: number): void {
  const video = useStage((state) => state.video);
  const startS = useStage((state) => state.videoStartS);
  const { recap } = useReviewActions();
  const part = parts[index];
  useEffect(() => {
    if (!ready) return;
    if (!playing) return video?.pause();
    const next = () => void recap.step(1);
    if (!video) {
      const timer = setTimeout(next, PICTURE_MS / Math.max(1, speed));
      return () => clearTimeout(timer);
    }
    // Until the seek is done the video still shows the part before.
    let hasBegun = false;
    const look = () => {
      const timeS = startS + video.currentTime;
      if (!video.seeking && timeS >= part.fromS - 1 && timeS < part.toS) hasBegun = true;
      if (hasBegun && (timeS >= part.toS || video.ended)) next();
    };
    const impatient = setTimeout(() => !hasBegun && next(), PATIENCE_MS);
    const events = ['timeupdate', 'seeked', 'ended'];
    for (const event of events) video.addEventListener(event, look);
    void video.play().catch(() => undefined); // refused: the user presses play
    return () => {
      clearTimeout(impatient);
      for (const event of events) video.removeEventListener(event, look);
    };
  }, [video, startS, part, ready, playing, speed, recap]);
}

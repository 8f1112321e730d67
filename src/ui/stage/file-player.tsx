/** The recording itself, played by the page; what is known of the moment on screen is looked up frame by frame. */
import { useEffect, useRef, useState } from 'react';
import { useActions, useWatch, useWatchStore } from '../watch-context';
import classes from './stage.module.css';
import { useStageStore } from './stage-context';

/** An observation farther away than this from the moment on screen does not speak for it, in seconds. */
const NEAR_S = 1.5;
/** Playback that began by itself stays so far behind the analysis, in seconds. */
const LEAD_S = 1;

/** Puts the observation of the moment on screen onto the stage. */
function useShownMoment(video: HTMLVideoElement | null) {
  const stage = useStageStore();
  const actions = useActions();
  useEffect(() => {
    if (!video) return;
    let request = 0;
    const look = () => {
      const found = actions.frameAt(video.currentTime);
      const frame = found && Math.abs(found.moment.timeS - video.currentTime) <= NEAR_S ? found : null;
      if (frame !== stage.getState().frame) stage.setState({ frame });
      request = requestAnimationFrame(look);
    };
    look();
    return () => cancelAnimationFrame(request);
  }, [video, stage, actions]);
}

/** Plays along behind the analysis until the user takes over. */
function usePlayAlong(video: HTMLVideoElement | null) {
  const store = useWatchStore();
  const watching = useWatch((state) => state.phase === 'watching');
  useEffect(() => {
    if (!video || !watching) return;
    let ours = false;
    let taken = false;
    const follow = () => {
      const lead = (store.getState().progress?.timeS ?? 0) - video.currentTime;
      const play = lead > (video.paused ? 2 * LEAD_S : LEAD_S);
      if (taken || play !== video.paused) return;
      ours = true;
      if (play)
        video.play().catch(() => undefined); // autoplay refused: the user presses play
      else video.pause();
    };
    const noticeUser = () => {
      if (!ours) taken = true;
      ours = false;
    };
    const events = ['play', 'pause', 'seeking'];
    for (const event of events) video.addEventListener(event, noticeUser);
    const timer = setInterval(follow, 250);
    return () => {
      clearInterval(timer);
      for (const event of events) video.removeEventListener(event, noticeUser);
    };
  }, [video, watching, store]);
}

export function FilePlayer({ url }: { url: string }) {
  const stage = useStageStore();
  const element = useRef<HTMLVideoElement>(null);
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const [playable, setPlayable] = useState(true);
  useEffect(() => {
    const { current } = element;
    setVideo(current);
    stage.setState({ video: current });
    return () => stage.setState({ video: null, frame: null });
  }, [stage]);
  useShownMoment(video);
  usePlayAlong(video);
  return (
    <>
      <video
        ref={element}
        className={classes.layer}
        src={url}
        muted
        playsInline
        preload="auto"
        aria-label="Recording"
        onError={() => setPlayable(false)}
      />
      {!playable && (
        <p className={classes.unplayable}>
          This browser cannot play the file, but it can analyse it: timeline and alerts work as usual.
        </p>
      )}
    </>
  );
}

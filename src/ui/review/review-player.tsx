/** The recording's video with what was seen in it; where no video was kept, the event's picture. */
import { Button, FileButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ReviewClip } from '../../state/review-store';
import type { RecordingRecord } from '../../storage/recording-rows';
import { useReview, useReviewActions, useReviewStore } from '../review-context';
import { BoxesLayer } from '../stage/boxes-layer';
import { HeatmapLayer } from '../stage/heatmap-layer';
import stageClasses from '../stage/stage.module.css';
import { useStageStore } from '../stage/stage-context';
import { useBlobUrl } from '../stage/use-blob-url';
import { RecapCaption } from './recap-bar';
import { RegionLayer } from './region-layer';
import classes from './review.module.css';

/** Puts what was seen at the moment on screen onto the stage. */
function useShownMoment() {
  const stage = useStageStore();
  const store = useReviewStore();
  const actions = useReviewActions();
  useEffect(() => {
    let request = 0;
    const look = () => {
      const { video, videoStartS, frame } = stage.getState();
      const { atS, event } = store.getState();
      // Without a video the event's own picture is shown, which is of its peak.
      const found = actions.frameAt(video ? videoStartS + video.currentTime : (event?.peakS ?? atS));
      if (found?.moment !== frame?.moment) stage.setState({ frame: found });
      request = requestAnimationFrame(look);
    };
    look();
    return () => {
      cancelAnimationFrame(request);
      stage.setState({ frame: null });
    };
  }, [stage, store, actions]);
}

/** `playing` outlives the piece: at its end the next one goes on. */
function Video({ clip, speed, playing }: { clip: ReviewClip; speed: number; playing: { current: boolean } }) {
  const element = useRef<HTMLVideoElement>(null);
  const stage = useStageStore();
  const actions = useReviewActions();
  const store = useReviewStore();
  const asked = useReview((state) => state.asked);
  useEffect(() => {
    stage.setState({ video: element.current, videoStartS: clip.fromS });
    return () => stage.setState({ video: null });
  }, [stage, clip]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever a moment is asked for, also the same one again
  useEffect(() => {
    const video = element.current;
    if (!video) return;
    const seek = () => {
      video.currentTime = Math.max(0, store.getState().atS - clip.fromS);
      if (playing.current || store.getState().plays) void video.play().catch(() => undefined); // refused: the user presses play
    };
    if (video.readyState >= 1) return seek();
    video.addEventListener('loadedmetadata', seek, { once: true });
    return () => video.removeEventListener('loadedmetadata', seek);
  }, [asked, clip, store, playing]);
  useEffect(() => {
    if (element.current) element.current.playbackRate = speed;
  }, [speed]);
  const goOn = () => {
    if (store.getState().recap) return; // which says itself what comes next
    const next = store.getState().pieces.find(({ fromS }) => fromS >= clip.toS - 0.5);
    if (next) void actions.goTo(next.fromS);
    else playing.current = false;
  };
  return (
    <video
      ref={element}
      className={stageClasses.layer}
      src={clip.url}
      muted
      playsInline
      preload="auto"
      aria-label="Recording"
      onLoadedMetadata={({ currentTarget }) => {
        currentTarget.playbackRate = speed;
      }}
      onPlay={() => {
        playing.current = true;
      }}
      onPause={({ currentTarget }) => {
        if (!currentTarget.ended) playing.current = false;
      }}
      onEnded={goOn}
      onError={() => actions.videoFailed(clip.url)}
    />
  );
}

function NoVideo({ recording }: { recording: RecordingRecord }) {
  const actions = useReviewActions();
  const details = useReview((state) => state.details);
  const url = useBlobUrl(details?.thumbnail ?? null);
  const isFile = recording.source.kind === 'file';
  const isRecap = useReview((state) => state.recap !== null);
  return (
    <>
      {url && <img className={stageClasses.layer} src={url} alt="The event at its peak" />}
      <div className={classes.noVideo} hidden={isRecap && url !== null} data-above={isRecap}>
        <span>
          {isFile
            ? `To play it here, choose the file “${recording.source.name}” again: Oriel keeps no copy.`
            : recording.state === 'open'
              ? 'Video of what is being watched comes a few seconds after the alert is over.'
              : 'No video was kept of this moment.'}
        </span>
        {isFile && (
          <FileButton onChange={(file) => file && void actions.attachFile(file)} accept="video/*,.mkv">
            {(props) => (
              <Button {...props} size="compact-sm">
                Choose the file
              </Button>
            )}
          </FileButton>
        )}
      </div>
    </>
  );
}

export function ReviewPlayer({ recording, speed }: { recording: RecordingRecord; speed: number }) {
  const clip = useReview((state) => state.clip);
  const playing = useRef(false);
  useShownMoment();
  const { width, height } = recording.source;
  return (
    <div className={stageClasses.stage}>
      <div className={stageClasses.picture}>
        {clip ? (
          <Video key={clip.url} clip={clip} speed={speed} playing={playing} />
        ) : (
          <NoVideo recording={recording} />
        )}
        <HeatmapLayer />
        <BoxesLayer width={width} height={height} />
        <RegionLayer width={width} height={height} />
        <RecapCaption />
      </div>
    </div>
  );
}

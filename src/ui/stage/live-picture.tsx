/** The analysed pictures of a live source or the demo, drawn as they come, without a React render. */
import { useEffect, useRef } from 'react';
import type { ObservedFrame } from '../../worker/protocol';
import { useActions } from '../watch-context';
import classes from './stage.module.css';
import { useStageStore } from './stage-context';

/** Keeps the newest value until the next animation frame; `drop` gets what was overtaken. */
function newestPerFrame<T>(draw: (value: T) => void, drop: (value: T) => void) {
  let waiting: T | null = null;
  let request = 0;
  const release = () => {
    if (waiting !== null) drop(waiting);
    waiting = null;
  };
  return {
    put: (value: T) => {
      release();
      waiting = value;
      request ||= requestAnimationFrame(() => {
        request = 0;
        const value = waiting;
        waiting = null;
        if (value !== null) draw(value);
      });
    },
    stop: () => {
      cancelAnimationFrame(request);
      release();
    },
  };
}

export function LivePicture() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const stage = useStageStore();
  const actions = useActions();
  useEffect(() => {
    const context = canvas.current?.getContext('bitmaprenderer');
    // transferFromImageBitmap takes the bitmap over and closes it.
    const show = (picture: ImageBitmap | null) => picture && context?.transferFromImageBitmap(picture);
    const frames = newestPerFrame<ObservedFrame>(
      (frame) => {
        show(frame.picture);
        stage.setState({ frame });
      },
      (frame) => frame.picture?.close(),
    );
    const pictures = newestPerFrame<ImageBitmap>(show, (picture) => picture.close());
    const unsubscribeFrames = actions.onFrame(frames.put);
    const unsubscribePictures = actions.onPicture(pictures.put);
    return () => {
      unsubscribeFrames();
      unsubscribePictures();
      frames.stop();
      pictures.stop();
      stage.setState({ frame: null, still: null });
    };
  }, [actions, stage]);
  return <canvas ref={canvas} className={classes.layer} role="img" aria-label="Picture" />;
}

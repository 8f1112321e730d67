/** Objects and their reasons over the picture, drawn per frame at the screen's own resolution. */
import { useEffect, useRef } from 'react';
import { useWatch } from '../watch-context';
import { drawBoxes, labelType } from './draw-boxes';
import { labelledBoxes } from './labelled-boxes';
import classes from './stage.module.css';
import { useStageStore } from './stage-context';

/** `width` and `height` of the analysed frame, in pixels. */
export function BoxesLayer({ width, height }: { width: number; height: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const stage = useStageStore();
  const visible = useWatch((state) => state.overlay.boxes);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!visible || !element || !context) return;
    let type = labelType(element);
    let area = { x: 0, y: 0, width: 0, height: 0 };
    const draw = () => {
      const { frame } = stage.getState();
      drawBoxes(context, frame ? labelledBoxes(frame, width, height) : [], area.width / width, area, type);
    };
    const observer = new ResizeObserver(() => {
      type = labelType(element);
      area = { x: 0, y: 0, width: element.clientWidth, height: element.clientHeight };
      element.width = Math.round(area.width * devicePixelRatio);
      element.height = Math.round(area.height * devicePixelRatio);
      context.scale(devicePixelRatio, devicePixelRatio);
      draw();
    });
    observer.observe(element);
    const unsubscribe = stage.subscribe((state, before) => state.frame !== before.frame && draw());
    return () => {
      observer.disconnect();
      unsubscribe();
    };
  }, [stage, visible, width, height]);
  // Hidden from assistive technology: the same reasons stand as text beside the meter.
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas without tabindex takes no focus
  return <canvas ref={canvas} className={classes.layer} aria-hidden="true" hidden={!visible} />;
}

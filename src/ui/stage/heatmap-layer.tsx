/** Evidence or attention as a heatmap over the picture, drawn per frame without a React render. */
import { useEffect, useRef } from 'react';
import { useWatch } from '../watch-context';
import { drawHeatmap } from './draw-heatmap';
import { attentionMap, useShownHeat } from './shown-heat';
import classes from './stage.module.css';
import { useStageStore } from './stage-context';

export function HeatmapLayer() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const stage = useStageStore();
  const overlay = useWatch((state) => state.overlay);
  const shown = useShownHeat();
  const { attentionOf } = overlay;
  useEffect(() => {
    if (shown === 'none') return;
    const draw = () => {
      const { frame } = stage.getState();
      const map = shown === 'attention' ? frame && attentionMap(frame, attentionOf) : frame?.evidence;
      if (canvas.current) drawHeatmap(canvas.current, map ?? null);
    };
    draw();
    return stage.subscribe((state, before) => state.frame !== before.frame && draw());
  }, [stage, shown, attentionOf]);
  return (
    <canvas
      ref={canvas}
      className={classes.layer}
      role="img"
      aria-label="Heatmap"
      hidden={shown === 'none'}
      style={{ opacity: overlay.opacity }}
    />
  );
}

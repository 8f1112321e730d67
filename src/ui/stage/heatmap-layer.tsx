/** Evidence or attention as a heatmap over the picture, drawn per frame without a React render. */
import { useEffect, useRef } from 'react';
import type { EvidenceBytes } from '../../engine/evidence-bytes';
import { useWatch } from '../watch-context';
import { heatPalette } from './heat-colours';
import { attentionMap, useShownHeat } from './shown-heat';
import { smoothGrid } from './smooth-grid';
import classes from './stage.module.css';
import { useStageStore } from './stage-context';

/** The heatmap's longer side after smoothing, in its own pixels; the browser stretches it over the picture. */
const SMOOTH_SIDE = 160;

function drawHeatmap(canvas: HTMLCanvasElement, map: EvidenceBytes | null) {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height, values } = map ?? { width: 1, height: 1, values: new Uint8Array(1) };
  const factor = Math.max(1, Math.round(SMOOTH_SIDE / Math.max(width, height)));
  canvas.width = width * factor; // setting it also clears
  canvas.height = height * factor;
  if (values.every((value) => heatPalette[value * 4 + 3] === 0)) return;
  const image = context.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  const palette = new Uint32Array(heatPalette.buffer);
  const smooth = smoothGrid(values, width, height, factor);
  for (let index = 0; index < pixels.length; index++) pixels[index] = palette[smooth[index]];
  context.putImageData(image, 0, 0);
}

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

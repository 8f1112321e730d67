/** Evidence as a heatmap over the picture, drawn per frame without a React render. */
import { useEffect, useRef } from 'react';
import type { ObservedFrame } from '../../worker/protocol';
import { useWatch } from '../watch-context';
import { heatPalette } from './heat-colours';
import { smoothGrid } from './smooth-grid';
import classes from './stage.module.css';
import { useStageStore } from './stage-context';

/** The heatmap's longer side after smoothing, in its own pixels; the browser stretches it over the picture. */
const SMOOTH_SIDE = 160;

function drawHeatmap(canvas: HTMLCanvasElement, evidence: ObservedFrame['evidence'] | null) {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height, values } = evidence ?? { width: 1, height: 1, values: new Uint8Array(1) };
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
  useEffect(() => {
    if (!overlay.evidence) return;
    const draw = () => canvas.current && drawHeatmap(canvas.current, stage.getState().frame?.evidence ?? null);
    draw();
    return stage.subscribe((state, before) => state.frame !== before.frame && draw());
  }, [stage, overlay.evidence]);
  return (
    <canvas
      ref={canvas}
      className={classes.layer}
      role="img"
      aria-label="Heatmap"
      hidden={!overlay.evidence}
      style={{ opacity: overlay.opacity }}
    />
  );
}

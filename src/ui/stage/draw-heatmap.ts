/** A map of evidence or attention as colours on a canvas. */
import type { EvidenceBytes } from '../../engine/evidence-bytes';
import { heatPalette } from './heat-colours';
import { smoothGrid } from './smooth-grid';

/** The heatmap's longer side after smoothing, in its own pixels; the browser stretches it over the picture. */
const SMOOTH_SIDE = 160;

/** The canvas takes the map's shape; stretch it over the picture. Null clears it. */
export function drawHeatmap(canvas: HTMLCanvasElement, map: EvidenceBytes | null) {
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

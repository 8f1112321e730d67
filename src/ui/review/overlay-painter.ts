/** Evidence and boxes drawn into exported pictures, as they look on the stage. */
import type { Overlay } from '../../storage/preferences';
import type { ObservedFrame } from '../../worker/protocol';
import { drawBoxes } from '../stage/draw-boxes';
import { drawHeatmap } from '../stage/draw-heatmap';
import { labelledBoxes } from '../stage/labelled-boxes';

type Context = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

/** Type in exported pictures: a rem in pixels, as a share of the width, and at least. */
const REM_SHARE = 1 / 60;
const LEAST_REM = 11;

/** Draws what was seen over a picture that fills the context; `frameSize` is that of the analysed frame, in pixels. */
export function createOverlayPainter(overlay: Overlay, frameSize: { width: number; height: number }) {
  const heat = document.createElement('canvas');
  const boxes = document.createElement('canvas');
  const boxContext = boxes.getContext('2d')!;
  const { fontFamily } = getComputedStyle(document.body);
  return (context: Context, frame: ObservedFrame): void => {
    const { width, height } = context.canvas;
    if (overlay.heat !== 'none') {
      drawHeatmap(heat, frame.evidence);
      context.globalAlpha = overlay.opacity;
      context.drawImage(heat, 0, 0, width, height);
      context.globalAlpha = 1;
    }
    if (!overlay.boxes) return;
    if (boxes.width !== width || boxes.height !== height) Object.assign(boxes, { width, height });
    const rem = Math.max(LEAST_REM, width * REM_SHARE);
    const font = `${0.8125 * rem}px ${fontFamily}`;
    const labelled = labelledBoxes(frame, frameSize.width, frameSize.height);
    const type = { rem, nameFont: `600 ${font}`, textFont: font };
    drawBoxes(boxContext, labelled, width / frameSize.width, { x: 0, y: 0, width, height }, type);
    context.drawImage(boxes, 0, 0);
  };
}

/** A made-up plaza for stories: walkers to the right, and one cyclist the other way who is unusual. */
import type { Moment, ObservedObject } from '../../alerts/moment';
import type { ObservedFrame } from '../../worker/protocol';
import { rarityOfPeriod } from '../words/return-period';

export const WIDTH = 640;
export const HEIGHT = 400;
const COLUMNS = 40;
const ROWS = 25;

interface Walker {
  x: number;
  y: number;
  size: number;
  colour: string;
}

function walkersAt(timeS: number): Walker[] {
  return Array.from({ length: 9 }, (_, index) => {
    const depth = (index + 1) / 10;
    const speed = 20 + 40 * depth;
    return {
      x: ((index * 181 + timeS * speed) % (WIDTH + 80)) - 40,
      y: 150 + depth * 210,
      size: 26 + depth * 52,
      colour: `oklch(0.55 0.09 ${(index * 67) % 360})`,
    };
  });
}

const cyclistAt = (timeS: number): Walker => ({
  x: WIDTH - ((timeS * 110 + 220) % (WIDTH + 120)),
  y: 300,
  size: 76,
  colour: '#c2412d',
});

function drawFigure(context: OffscreenCanvasRenderingContext2D, { x, y, size, colour }: Walker) {
  context.fillStyle = 'rgb(0 0 0 / 18%)';
  context.beginPath();
  context.ellipse(x + size * 0.2, y, size * 0.32, size * 0.08, 0, 0, 7);
  context.fill();
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(x - size * 0.14, y - size * 0.78, size * 0.28, size * 0.78, size * 0.12);
  context.fill();
  context.fillStyle = '#d9b48f';
  context.beginPath();
  context.arc(x, y - size * 0.88, size * 0.12, 0, 7);
  context.fill();
}

/** The plaza as a canvas, for the picture, thumbnails and a recording. */
export function drawPlaza(canvas: OffscreenCanvas | HTMLCanvasElement, timeS: number) {
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  const sky = context.createLinearGradient(0, 0, 0, HEIGHT);
  sky.addColorStop(0, '#9fb4bd');
  sky.addColorStop(0.3, '#c9cfc9');
  sky.addColorStop(0.31, '#b9b1a3');
  sky.addColorStop(1, '#8f8778');
  context.fillStyle = sky;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  for (const walker of [...walkersAt(timeS), cyclistAt(timeS)].sort((a, b) => a.y - b.y)) drawFigure(context, walker);
}

const boxOf = ({ x, y, size }: Walker) => ({ x0: x - size * 0.25, y0: y - size, x1: x + size * 0.25, y1: y + 3 });

function evidenceAt(spot: Walker, peak: number): ObservedFrame['evidence'] {
  const values = new Uint8Array(COLUMNS * ROWS);
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      const dx = ((column + 0.5) * WIDTH) / COLUMNS - spot.x;
      const dy = ((row + 0.5) * HEIGHT) / ROWS - (spot.y - spot.size / 2);
      values[row * COLUMNS + column] = peak * Math.exp(-(dx * dx + dy * dy) / (2 * 32 ** 2));
    }
  }
  return { width: COLUMNS, height: ROWS, values };
}

export function momentAt(timeS: number): Moment {
  const periodS = 2 + 5000 * Math.exp(-(((timeS % 60) - 30) ** 2) / 200);
  const cyclist = cyclistAt(timeS);
  const reasons = [
    { cue: 'speed', text: 'moves 3.1× faster than anything seen in this place', weight: 4 },
    { cue: 'direction', text: 'comes against the stream of this place', weight: 2 },
  ];
  const walkers = walkersAt(timeS).map(
    (walker, trackId): ObservedObject => ({ trackId, label: 'person', raw: 0.2, reasons: [], ...boxOf(walker) }),
  );
  return {
    timeS,
    raw: 6,
    returnPeriodS: periodS,
    score: rarityOfPeriod(periodS),
    extrapolated: false,
    reasons,
    objects: [...walkers, { trackId: 99, label: 'bicycle', raw: 6, reasons, ...boxOf(cyclist) }],
  };
}

/** Attention of a made-up network: places on the cyclist, the last seconds on a walker. */
const attentionAt = (timeS: number): ObservedFrame['attention'] => ({
  maps: [
    { name: 'places', ...evidenceAt(cyclistAt(timeS), 255) },
    { name: 'last 2 seconds', ...evidenceAt(walkersAt(timeS)[4], 255) },
  ],
  ranges: [
    { name: 'colour now', weight: 0.5 + 0.3 * Math.sin(timeS) },
    { name: 'motion now', weight: 0.5 - 0.3 * Math.sin(timeS) },
  ],
});

export const frameAt = (timeS: number, picture: ImageBitmap | null, attends = false): ObservedFrame => ({
  moment: momentAt(timeS),
  intervalMs: 100,
  picture,
  evidence: evidenceAt(cyclistAt(timeS), 240),
  attention: attends ? attentionAt(timeS) : null,
});

/** A JPEG of a moment, as alerts carry it. */
export function thumbnailAt(timeS: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  drawPlaza(canvas, timeS);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
}

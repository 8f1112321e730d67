/** One frame of a planted clip: the anomaly drawn in, with its label, mask and box. */
import { type Box, boxHeight } from '../lib/box';
import type { Rng } from '../lib/rng';
import type { Frame } from '../media/frame';
import type { PlantedAnomaly } from './planted-anomalies';
import { drawSprite } from './sprite';

/** One frame of a planted clip. */
export interface PlantedFrame {
  frame: Frame;
  /** 1 = something abnormal is visible. */
  label: 0 | 1;
  /** 1 per abnormal pixel; null in a normal frame. */
  mask: Uint8Array | null;
  /** Boxes of what is abnormal; the same track for the same thing. */
  truth: (Box & { track: number })[];
}

/** What is known of the footage's frame that is drawn into. */
export interface DrawnScene {
  /** Deviation of the sensor's noise, in levels. */
  noise: number;
  /** Things that go somewhere. */
  moving: readonly { box: Box; track: number }[];
  blobs: readonly Box[];
  labels: Uint16Array;
  exposure: number;
}

/** Draw the planted thing behind whatever stands nearer to the camera; a frame where it cannot be seen is normal. */
export function withAnomaly(
  frame: Frame,
  anomaly: PlantedAnomaly,
  seconds: number,
  event: number,
  scene: DrawnScene,
  rng: Rng,
): PlantedFrame {
  const placement = anomaly.place(seconds);
  if (!placement) return { frame, label: 0, mask: null, truth: [] };
  const foot = placement.y + placement.sprite.height * placement.scale;
  const nearer = new Set(
    scene.blobs.flatMap((blob, index) =>
      blob.y1 > foot && boxHeight(blob) < 0.8 * frame.height && isMoving(blob, scene) ? [index + 1] : [],
    ),
  );
  const light = { noise: scene.noise, exposure: scene.exposure };
  const covered = drawSprite(frame, placement, light, rng, (pixel) => nearer.has(scene.labels[pixel]));
  return labelled(frame, [{ pixels: covered, track: event * 1_000_000 }]);
}

/** Everything that moves is abnormal. */
export function withRunning(frame: Frame, event: number, scene: DrawnScene): PlantedFrame {
  const things = scene.moving.map(({ box, track }) => {
    const label = scene.blobs.findIndex((blob) => sameBox(blob, box)) + 1;
    const pixels: number[] = [];
    for (let pixel = 0; label && pixel < scene.labels.length; pixel++)
      if (scene.labels[pixel] === label) pixels.push(pixel);
    return { pixels, track: event * 1_000_000 + 1 + track };
  });
  return labelled(frame, things);
}

/** Fewer visible pixels than this are nothing anyone could see. */
const FEWEST_PIXELS = 12;

function labelled(frame: Frame, things: { pixels: number[]; track: number }[]): PlantedFrame {
  const visible = things.filter(({ pixels }) => pixels.length >= FEWEST_PIXELS);
  if (!visible.length) return { frame, label: 0, mask: null, truth: [] };
  const mask = new Uint8Array(frame.width * frame.height);
  const truth = visible.map(({ pixels, track }) => {
    const box = { x0: frame.width, y0: frame.height, x1: 0, y1: 0 };
    for (const pixel of pixels) {
      mask[pixel] = 1;
      const x = pixel % frame.width;
      const y = (pixel - x) / frame.width;
      box.x0 = Math.min(box.x0, x);
      box.y0 = Math.min(box.y0, y);
      box.x1 = Math.max(box.x1, x + 1);
      box.y1 = Math.max(box.y1, y + 1);
    }
    return { ...box, track };
  });
  return { frame, label: 1, mask, truth };
}

const isMoving = (blob: Box, { moving }: DrawnScene) => moving.some(({ box }) => sameBox(blob, box));
const sameBox = (a: Box, b: Box) => a.x0 === b.x0 && a.y0 === b.y0 && a.x1 === b.x1 && a.y1 === b.y1;

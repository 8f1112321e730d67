/** What happens to a whole picture, planted into any footage: light, hands, bumps and broken streams, each a little different with every seed. */
import { createRng, type Rng } from '../lib/rng';
import type { Frame } from '../media/frame';

export const VIEW_CHANGES = ['light switch', 'fade', 'exposure jump', 'bump', 'covered', 'blurred', 'frozen'] as const;
export type ViewChange = (typeof VIEW_CHANGES)[number];

/** Frames before `atS` pass as they are, those after it changed; streaming, frames in order. Sizes are kept. */
export function viewChange(kind: ViewChange, atS: number, seed: number): (frame: Frame) => Frame {
  const change = changes[kind](createRng(seed).fork(kind));
  return (frame) => {
    const sinceS = frame.timeS - atS;
    return sinceS < 0 ? frame : { ...frame, data: change(frame, sinceS) };
  };
}

type Change = (frame: Frame, sinceS: number) => Uint8ClampedArray;

const changes: Record<ViewChange, (rng: Rng) => Change> = {
  'light switch'(rng) {
    const gain = rng.next() < 0.6 ? rng.between(0.2, 0.5) : rng.between(1.7, 2.5);
    return (frame) => relit(frame, gain);
  },
  fade(rng) {
    const [gain, lengthS] = [rng.between(0.12, 0.4), rng.between(1.5, 4)];
    return (frame, sinceS) => relit(frame, gain ** Math.min(1, sinceS / lengthS));
  },
  'exposure jump'(rng) {
    const [gain, backS] = [rng.between(1.8, 3), rng.between(0.7, 2)];
    return (frame, sinceS) => relit(frame, 1 + (gain - 1) * Math.exp(-sinceS / backS));
  },
  bump(rng) {
    const angle = rng.between(0, 2 * Math.PI);
    const far = rng.between(0.02, 0.09);
    const turn = rng.between(-0.05, 0.05);
    return (frame, sinceS) => {
      // It swings out, and stays where it was pushed.
      const swing = 1 + 1.5 * Math.exp(-sinceS / 0.15) * Math.sin(25 * sinceS);
      const by = far * frame.width * swing;
      return shifted(frame, by * Math.cos(angle), by * Math.sin(angle), turn * swing);
    };
  },
  covered(rng) {
    const [luma, slope, noise] = [rng.between(2, 70), rng.between(-30, 30), rng.between(0.5, 2)];
    const comesS = rng.between(0.1, 0.5);
    return (frame, sinceS) => behindHand(frame, Math.min(1, sinceS / comesS), luma, slope, noise, rng);
  },
  blurred(rng) {
    const radius = rng.between(0.006, 0.016);
    return (frame) => blurred(frame, Math.max(1, Math.round(radius * frame.width)));
  },
  frozen() {
    let kept: Uint8ClampedArray | null = null;
    return (frame) => {
      kept ??= frame.data;
      return kept.slice();
    };
  },
};

/** So many times the light: a power law of 2.2 from light to grey levels, clipped at white. */
function relit({ data }: Frame, gain: number): Uint8ClampedArray {
  const levels = Uint8ClampedArray.from({ length: 256 }, (_, level) => level * gain ** (1 / 2.2));
  return data.map((level, index) => (index % 4 === 3 ? level : levels[level]));
}

/** Moved by pixels and turned by radians about the middle; edges are repeated. */
function shifted({ width, height, data }: Frame, dx: number, dy: number, turn: number): Uint8ClampedArray {
  const out = new Uint8ClampedArray(data.length);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 4) {
      const fromX = cos * (x - width / 2 - dx) + sin * (y - height / 2 - dy) + width / 2;
      const fromY = -sin * (x - width / 2 - dx) + cos * (y - height / 2 - dy) + height / 2;
      const column = Math.min(width - 1, Math.max(0, Math.round(fromX)));
      const row = Math.min(height - 1, Math.max(0, Math.round(fromY)));
      const from = (row * width + column) * 4;
      for (let channel = 0; channel < 4; channel++) out[to + channel] = data[from + channel];
    }
  }
  return out;
}

/** A dim, even surface with the sensor's noise over the left share of the picture. */
function behindHand(
  { width, data }: Frame,
  share: number,
  luma: number,
  slope: number,
  noise: number,
  rng: Rng,
): Uint8ClampedArray {
  const grain = Float32Array.from({ length: 1021 }, () => noise * rng.normal());
  return data.map((level, index) => {
    const across = ((index >> 2) % width) / width;
    return across >= share || index % 4 === 3 ? level : luma + slope * across + grain[index % 1021];
  });
}

/** Two box means of so many pixels to each side, along rows and columns. */
function blurred({ width, height, data }: Frame, radius: number): Uint8ClampedArray {
  let from = Float32Array.from(data);
  for (const [step, count, lines, stride] of [
    [4, width, height, width * 4],
    [width * 4, height, width, 4],
    [4, width, height, width * 4],
    [width * 4, height, width, 4],
  ]) {
    const to = new Float32Array(from.length);
    for (let line = 0; line < lines; line++)
      for (let channel = 0; channel < 4; channel++) meanAlong(from, to, line * stride + channel, step, count, radius);
    from = to;
  }
  return Uint8ClampedArray.from(from);
}

function meanAlong(from: Float32Array, to: Float32Array, start: number, step: number, count: number, radius: number) {
  const at = (index: number) => from[start + Math.min(Math.max(index, 0), count - 1) * step];
  let sum = 0;
  for (let index = -radius; index <= radius; index++) sum += at(index);
  for (let index = 0; index < count; index++) {
    to[start + index * step] = sum / (2 * radius + 1);
    sum += at(index + radius + 1) - at(index - radius);
  }
}

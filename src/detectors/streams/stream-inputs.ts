/** The two input streams of the network detectors: a frame in the units of its scene. */
import { placeOf, unseenMotion } from '../../normality/motion-places';
import type { ReferenceSet } from '../../normality/reference-set';
import { crowding, presence, type SceneMemory, usualMoved, WINDOWS } from './scene-memory';
import type { StreamFrame } from './stream-frame';
import { assumedSpeed } from './usual-speed';

/** Both streams of one frame, [height, width, channels], about −4…4. */
export interface StreamInputs {
  timeS: number;
  height: number;
  width: number;
  motion: Float32Array;
  colour: Float32Array;
}

/**
 * Channels of the motion stream: averaged velocity x and y, velocity of the moment x and y (all in usual speeds of the place),
 * change of texture, how far the averaged and the momentary velocity are from any seen there, and 1 where a scene is known.
 */
export const MOTION_CHANNELS = 8;
/** Of the colour stream: texture, its gradients across and down, redness, blueness, presence, and excess of foreground per window. */
export const COLOUR_CHANNELS = 6 + WINDOWS.length;
/** Channels of the colour stream that show the picture itself, before any comparison with the scene. */
export const LOOK_CHANNELS = 5;

/** Velocities and surprises beyond this are cut off, in usual speeds. */
const MOST = 4;
const LEVELS = 32;

/** Without a memory, velocities are in the assumed speed, and what only a scene can tell is 0. */
export function streamInputs(frame: StreamFrame, memory: SceneMemory | null): StreamInputs {
  const { width, height } = frame.grid;
  if (memory && (memory.grid.width !== width || memory.grid.height !== height)) {
    const { grid } = memory;
    throw new RangeError(
      `the scene's memory has ${grid.width}×${grid.height} cells and the frame ${width}×${height}: it was learned on another picture size`,
    );
  }
  return {
    timeS: frame.timeS,
    width,
    height,
    motion: motionStream(frame, memory),
    colour: colourStream(frame, memory),
  };
}

function motionStream(frame: StreamFrame, memory: SceneMemory | null): Float32Array {
  const { averagedX, averagedY, velocityX, velocityY, change } = frame;
  const out = new Float32Array(averagedX.length * MOTION_CHANNELS);
  const assumed = assumedSpeed(frame.frameHeight);
  for (let cell = 0, at = 0; cell < averagedX.length; cell++, at += MOTION_CHANNELS) {
    const usual = memory ? memory.usualSpeed[cell] : assumed;
    out[at] = limited(averagedX[cell] / usual);
    out[at + 1] = limited(averagedY[cell] / usual);
    out[at + 2] = limited(velocityX[cell] / usual);
    out[at + 3] = limited(velocityY[cell] / usual);
    out[at + 4] = change[cell] / 64;
    if (!memory) continue;
    out[at + 5] = unseen(memory, memory.averaged, cell, averagedX[cell], averagedY[cell]);
    out[at + 6] = unseen(memory, memory.quick, cell, velocityX[cell], velocityY[cell]);
    out[at + 7] = 1;
  }
  return out;
}

const limited = (speed: number) => Math.max(-MOST, Math.min(MOST, speed));

/** Distance to the nearest motions seen around there, in usual speeds. */
function unseen(memory: SceneMemory, places: readonly ReferenceSet[], cell: number, x: number, y: number): number {
  return Math.min(MOST, unseenMotion(places[placeOf(memory, memory.grid, cell)], usualMoved(memory, cell, x, y)));
}

function colourStream(frame: StreamFrame, memory: SceneMemory | null): Float32Array {
  const { texture, gradientX, gradientY, redness, blueness } = frame;
  const out = new Float32Array(texture.length * COLOUR_CHANNELS);
  const crowds = memory ? crowding(frame, memory) : [];
  for (let cell = 0, at = 0; cell < texture.length; cell++, at += COLOUR_CHANNELS) {
    out[at] = texture[cell] / LEVELS;
    out[at + 1] = gradientX[cell] / LEVELS;
    out[at + 2] = gradientY[cell] / LEVELS;
    out[at + 3] = redness[cell] / LEVELS;
    out[at + 4] = blueness[cell] / LEVELS;
    if (!memory) continue;
    out[at + 5] = Math.min(MOST, presence(frame, memory, cell) / 2);
    crowds.forEach((crowd, size) => {
      out[at + 6 + size] = 4 * (crowd[cell] - memory.crowd[size][cell]);
    });
  }
  return out;
}

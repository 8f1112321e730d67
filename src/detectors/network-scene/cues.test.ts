import { expect, it } from 'vitest';
import { MOTION_CHANNELS, type StreamInputs } from '../streams/stream-inputs';
import { readCues } from './cues';

const WIDTH = 6;
const HEIGHT = 4;

/** Velocities of cells, in usual speeds. */
function inputs(velocities: Record<number, [number, number]>): StreamInputs {
  const motion = new Float32Array(WIDTH * HEIGHT * MOTION_CHANNELS);
  for (const [cell, velocity] of Object.entries(velocities)) motion.set(velocity, Number(cell) * MOTION_CHANNELS);
  const standing = new Float32Array(WIDTH * HEIGHT);
  return { timeS: 0, width: WIDTH, height: HEIGHT, motion, colour: new Float32Array(0), standing };
}

const output = {
  width: WIDTH / 2,
  height: HEIGHT / 2,
  logits: new Float32Array(6).fill(-2),
  probability: 0.2,
  features: new Float32Array(0),
  attention: [],
  ranges: [],
};

it('reads the highest speed of each place where nothing of the scene is known, whichever way it goes', () => {
  // Cells 0, 1 and 7 are of the first place, cell 23 of the last.
  const { places } = readCues(inputs({ 0: [0.5, 0], 1: [-1.2, 1.6], 7: [0, 1], 23: [0, -2] }), output, null);
  expect([...places.speed]).toEqual([2, 0, 0, 0, 0, 2]);
  for (const cue of ['surprise', 'stream', 'presence'] as const) expect([...places[cue]]).toEqual(Array(6).fill(0));
  expect(places.network).toBe(output.logits);
});

it('takes what hardly moves for still', () => {
  expect([...readCues(inputs({ 0: [0.1, 0] }), output, null).places.speed]).toEqual(Array(6).fill(0));
});

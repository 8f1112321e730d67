import { describe, expect, it } from 'vitest';
import { type CueScales, type FrameCues, largestCues, scoreCues } from './cues';

const plain = { median: 0, upper: 1 };
const scales: CueScales = { network: plain, speed: plain, surprise: plain, stream: plain, presence: plain };
/** A frame of two places; contributions of whole standards s are 1.1·s. */
const cues = (presence: [number, number], learned = true): FrameCues => ({
  width: 2,
  height: 1,
  places: {
    network: Float32Array.of(1, -2),
    speed: Float32Array.of(1, 0),
    surprise: Float32Array.of(0, 0),
    stream: Float32Array.of(0, 0),
    presence: Float32Array.from(presence),
  },
  learned,
});

describe('scoreCues', () => {
  it('adds up what moves, and takes what stands there where that is more', () => {
    const { raw, places } = scoreCues(cues([1, 3]), scales);
    expect(places[0]).toBeCloseTo(2.2, 5);
    expect(places[1]).toBeCloseTo(3.3, 5);
    expect(raw).toBe(places[1]);
  });

  it('leaves out what is not to count, and what stands where nothing is known of the scene', () => {
    expect(scoreCues(cues([1, 3]), scales, ['presence']).raw).toBeCloseTo(2.2, 5);
    expect(scoreCues(cues([1, 3]), scales, ['presence', 'speed']).raw).toBeCloseTo(1.1, 5);
    const { places } = scoreCues(cues([0, 0], false), scales);
    expect(places[1]).toBeCloseTo(-0.2, 5);
  });
});

it('finds the largest of each cue', () => {
  expect(largestCues(cues([1, 3]))).toEqual({ network: 1, speed: 1, surprise: 0, stream: 0, presence: 3 });
});

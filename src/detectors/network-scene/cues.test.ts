import { describe, expect, it } from 'vitest';
import { MUTED } from '../../normality/cue-scale';
import { type CueScales, type FrameCues, largestCues, placeParts, scoreCues } from './cues';

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

  it('is explained by what made it', () => {
    const named = (place: number) => placeParts(cues([1, 3]), scales, place).map(({ cue }) => cue);
    expect(named(0)).toEqual(['network', 'speed', 'surprise', 'stream']);
    expect(named(1)).toEqual(['presence']);
  });

  it('leaves out what is not to count, and what stands where nothing is known of the scene', () => {
    const muted = { ...scales, presence: MUTED };
    expect(scoreCues(cues([1, 3]), muted).raw).toBeCloseTo(2.2, 5);
    expect(scoreCues(cues([1, 3]), muted).places[1]).toBeCloseTo(-0.2, 5);
    expect(scoreCues(cues([1, 3]), { ...muted, speed: MUTED }).raw).toBeCloseTo(1.1, 5);
    const { places } = scoreCues(cues([0, 0], false), scales);
    expect(places[1]).toBeCloseTo(-0.2, 5);
  });
});

it('finds the largest of each cue', () => {
  expect(largestCues(cues([1, 3]))).toEqual({ network: 1, speed: 1, surprise: 0, stream: 0, presence: 3 });
});

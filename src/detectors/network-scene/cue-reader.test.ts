import { describe, expect, it } from 'vitest';
import { NOT_STILL } from '../../vision/still-texture';
import { PATCH_VALUES, PLACE_VALUES } from '../streams/motion-patches';
import type { MotionEncoder } from '../streams/motion-surprise';
import { learnSceneMemory } from '../streams/scene-memory';
import { streamInputs } from '../streams/stream-inputs';
import { FIXTURE_GRID, move, walkingClip } from '../streams/streams.fixture';
import { assumedSpeed } from '../streams/usual-speed';
import { CueReader, type LearnedHere } from './cue-reader';

const [WIDTH, HEIGHT] = [FIXTURE_GRID.width / 2, FIXTURE_GRID.height / 2];
const output = {
  width: WIDTH,
  height: HEIGHT,
  logits: new Float32Array(WIDTH * HEIGHT).fill(-2),
  probability: 0.2,
  features: new Float32Array(0),
  attention: [],
  ranges: [],
};
/** An encoder that is surprised by everything alike: one latent of mean 2 and variance 1, whatever comes. */
const rows = PATCH_VALUES + PLACE_VALUES;
const always = (value: number) => ({ kernel: new Float32Array(rows), bias: Float32Array.of(value) });
const encoder: MotionEncoder = { hidden: [], mean: always(2), logVariance: always(0) };
const SURPRISE = 2;
const here: LearnedHere = { memory: learnSceneMemory(walkingClip(), 1), encoder };

/** Frames in which nothing moves; `still` cells of the block stand out by so many levels from a time on. */
function quietClip({ seconds, fps = 10, fromS = 99, levels = 60 }: Record<string, number> & { seconds: number }) {
  const [frame] = walkingClip({ seconds: 0.1 });
  for (const plane of [frame.averagedX, frame.averagedY, frame.velocityX, frame.velocityY]) plane.fill(0);
  return Array.from({ length: Math.round(seconds * fps) }, (_, index) => {
    const still = new Int8Array(frame.still.length);
    for (const x of [9, 10, 11])
      for (const y of [13, 14, 15]) still[y * FIXTURE_GRID.width + x] = index / fps >= fromS ? levels : 0;
    return { ...frame, timeS: index / fps, still };
  });
}

const read = (reader: CueReader, frames: ReturnType<typeof quietClip>, learned: LearnedHere | null = here) =>
  frames.map((frame) => reader.read(frame, streamInputs(frame, learned?.memory ?? null), output));
const most = (plane: Float32Array) => Math.max(...plane);

describe('CueReader', () => {
  it('reads the highest speed of each place where nothing of the scene is known, whichever way it goes', () => {
    const [frame] = quietClip({ seconds: 0.1 });
    const assumed = assumedSpeed(frame.frameHeight);
    // Two cells of the first place, one of the last; what hardly moves is still.
    move(frame, 0, 0, 0.5 * assumed, 0);
    move(frame, 1, 1, -7.2 * assumed, 9.6 * assumed);
    move(frame, FIXTURE_GRID.width - 1, FIXTURE_GRID.height - 1, 0, -2 * assumed);
    move(frame, 6, 6, 0.1 * assumed, 0);
    const [{ places, learned }] = read(new CueReader(null), [frame], null);
    const expected = new Float32Array(WIDTH * HEIGHT);
    [expected[0], expected[WIDTH * HEIGHT - 1]] = [12, 2];
    for (const [place, speed] of places.speed.entries()) expect(speed).toBeCloseTo(expected[place], 4);
    for (const cue of ['surprise', 'stream', 'presence'] as const) expect(most(places[cue])).toBe(0);
    expect(places.network).toBe(output.logits);
    expect(learned).toBe(false);
  });

  it('measures speed against what is usual at the cell, and tells what was not seen there', () => {
    const [frame] = quietClip({ seconds: 0.1 });
    const cell = 5 * FIXTURE_GRID.width + 11;
    const usual = here.memory.usualSpeed[cell];
    move(frame, 11, 5, -9 * usual, 0);
    const [{ places }] = read(new CueReader(here), [frame]);
    const place = 2 * WIDTH + 5;
    expect(places.speed[place]).toBeCloseTo(9, 4);
    expect(places.stream[place]).toBe(4);
    expect(places.surprise[place]).toBeCloseTo(SURPRISE, 5);
    expect(most(places.speed.map((speed, at) => (at === place ? 0 : speed)))).toBe(0);
  });

  it('sees what has stood there for half a second, and where', () => {
    const cues = read(new CueReader(here), quietClip({ seconds: 2.5, fromS: 1 }));
    const presences = cues.map(({ places }) => most(places.presence));
    expect(most(Float32Array.from(presences.slice(0, 14)))).toBeLessThan(2);
    expect(presences[16]).toBeGreaterThan(10);
    const { presence } = cues[20].places;
    const place = presence.indexOf(most(presence));
    expect([place % WIDTH, Math.floor(place / WIDTH)]).toEqual([5, 7]);
  });

  it('takes what passes and what is gone for nothing', () => {
    const frames = quietClip({ seconds: 3, fromS: 1 });
    for (const frame of frames) if (frame.timeS > 1.3) frame.still.fill(NOT_STILL);
    expect(
      most(Float32Array.from(read(new CueReader(here), frames).map(({ places }) => most(places.presence)))),
    ).toBeLessThan(2);
  });

  it('follows the daylight, keeps that over a gap, and forgets it with a new clip', () => {
    const reader = new CueReader(here);
    const dim = { seconds: 600, fps: 1, fromS: 0, levels: 4 };
    const [first, ...later] = read(reader, quietClip(dim)).map(({ places }) => most(places.presence));
    expect(later.at(-1)).toBeLessThan(0.7 * first);
    const again = () => most(read(reader, quietClip({ ...dim, seconds: 1 }))[0].places.presence);
    reader.reset('gap');
    expect(again()).toBeLessThan(0.7 * first);
    reader.reset();
    expect(again()).toBeCloseTo(first, 5);
  });
});

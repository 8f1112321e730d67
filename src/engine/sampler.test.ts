import { describe, expect, it } from 'vitest';
import type { Frame } from '../media/frame';
import { type Activity, createSampler, liveBounds, pulledBounds, type SamplerBounds } from './sampler';

const quiet: Activity = { motion: 0, score: 0, workS: 0.02 };
const busy: Activity = { motion: 0.05, score: 0, workS: 0.02 };

function frameAt(timeS: number, level = 100, square = 0): Frame {
  const data = new Uint8ClampedArray(64 * 64 * 4).fill(level);
  for (let y = 0; y < square; y++) for (let x = 0; x < square; x++) data[(y * 64 + x) * 4 + 1] = 255 - level;
  return { timeS, width: 64, height: 64, data };
}

/** Times of the frames a sampler takes from `seconds` of video at `fps`. */
function taken(
  bounds: SamplerBounds,
  fps: number,
  seconds: number,
  activity: (timeS: number) => Activity,
  frame = frameAt,
) {
  const sampler = createSampler(bounds);
  const times: number[] = [];
  for (let index = 0; index < seconds * fps; index++) {
    if (!sampler.wants(frame(index / fps))) continue;
    times.push(index / fps);
    sampler.report(activity(index / fps));
  }
  return times;
}

const largestGap = (times: number[]) => Math.max(...times.slice(1).map((time, index) => time - times[index]));

describe('createSampler', () => {
  it.each([10, 15, 24, 25, 29.97, 30, 50, 60])('takes 9 to 16 frames per second of a busy scene at %s fps', (fps) => {
    for (const bounds of [liveBounds, pulledBounds]) {
      const rate = taken(bounds, fps, 20, () => busy).length / 20;
      expect(rate).toBeGreaterThan(9);
      expect(rate).toBeLessThan(16);
    }
  });

  it('slows to one frame per second in a quiet scene, but is never blind for longer', () => {
    const times = taken(liveBounds, 30, 60, () => quiet);
    expect(times.filter((time) => time > 30).length).toBeLessThanOrEqual(31);
    expect(largestGap(times)).toBeLessThan(1.05);
  });

  it('keeps recordings at six frames per second or more', () => {
    expect(largestGap(taken(pulledBounds, 30, 30, () => quiet))).toBeLessThan(0.21);
  });

  it('is dense again at the first frame on which something appears', () => {
    const times = taken(
      liveBounds,
      30,
      21,
      (timeS) => (timeS > 20.1 ? busy : quiet),
      (timeS) => frameAt(timeS, 100, timeS > 20.1 ? 24 : 0),
    );
    expect(times.find((time) => time > 20.1)).toBeLessThan(20.17);
    expect(times.filter((time) => time > 20.1).length).toBeGreaterThan(10);
  });

  it('does not wake from a change of the light alone', () => {
    const times = taken(
      liveBounds,
      30,
      40,
      () => quiet,
      (timeS) => frameAt(timeS, timeS > 20 ? 160 : 100),
    );
    expect(times.filter((time) => time > 19).length).toBeLessThan(24);
  });

  it('follows a slow device where frames cannot wait, and not where they can', () => {
    const slow: Activity = { motion: 0.1, score: 1, workS: 0.34 };
    expect(taken(liveBounds, 30, 20, () => slow).length).toBeLessThan(60);
    expect(taken(pulledBounds, 30, 20, () => slow).length).toBeGreaterThan(180);
  });
});

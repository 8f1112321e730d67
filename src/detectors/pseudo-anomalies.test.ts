import { describe, expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { PSEUDO_KINDS, pseudoAnomaly } from './pseudo-anomalies';
import { walkingClip } from './streams/streams.fixture';

const clip = walkingClip({ seconds: 2 });
const usualSpeed = new Float32Array(clip[0].averagedX.length).fill(35);
const foreign = walkingClip({ seconds: 0.1, seed: 8 })[0];
const make = (kind: (typeof PSEUDO_KINDS)[number], seed: number) =>
  pseudoAnomaly(clip, kind, usualSpeed, foreign, createRng(seed));

describe.each(PSEUDO_KINDS)('%s', (kind) => {
  const made = [1, 2, 3, 4, 5, 6].map((seed) => make(kind, seed)!);

  it('changes exactly the cells it labels, and leaves the footage as it is', () => {
    const kept = walkingClip({ seconds: 2 });
    const planes = ['averagedX', 'averagedY', 'velocityX', 'velocityY', 'texture', 'change'] as const;
    const strays = made.flatMap(({ frames, abnormal }) =>
      frames.flatMap((frame, index) =>
        planes.filter((plane) =>
          frame[plane].some((value, cell) => !abnormal[index]?.[cell] && value !== clip[index][plane][cell]),
        ),
      ),
    );
    expect(strays).toEqual([]);
    for (const { frames, abnormal } of made)
      expect(frames.some((frame, index) => abnormal[index] && frame !== clip[index])).toBe(true);
    expect(clip).toEqual(kept);
  });

  it('is the same for the same seed and lasts without gaps', () => {
    expect(make(kind, 3)).toEqual(made[2]);
    for (const { abnormal } of made) {
      const labels = abnormal.map((cells) => (cells ? '1' : '0')).join('');
      expect(labels).toMatch(/^0*1+0*$/);
    }
  });
});

describe('pseudoAnomaly', () => {
  it('speeds up what moves by 1.5 to 3', () => {
    const { frames, abnormal } = make('fast', 2)!;
    const ratios = frames.flatMap((frame, index) =>
      [...frame.velocityX].flatMap((x, cell) =>
        abnormal[index]?.[cell] && clip[index].velocityX[cell] ? [x / clip[index].velocityX[cell]] : [],
      ),
    );
    expect(ratios.length).toBeGreaterThan(0);
    for (const ratio of ratios) {
      expect(ratio).toBeGreaterThanOrEqual(1.5);
      expect(ratio).toBeLessThanOrEqual(3);
    }
  });

  it('gives what is carried its own averaged velocity from its second frame on, and none in its first', () => {
    const { frames, abnormal } = make('carried', 1)!;
    const first = abnormal.findIndex(Boolean);
    const cells = (index: number) => [...abnormal[index]!.keys()].filter((cell) => abnormal[index]![cell]);
    const velocities = frames
      .slice(first + 1, first + 4)
      .flatMap(({ averagedX }, index) => cells(first + 1 + index).map((cell) => averagedX[cell]));
    expect(Math.abs(velocities[0])).toBeGreaterThan(0);
    for (const velocity of velocities) expect(velocity).toBe(velocities[0]);
    for (const cell of cells(first))
      expect(Math.abs(frames[first].averagedX[cell])).toBeLessThanOrEqual(Math.abs(clip[first].averagedX[cell]));
  });

  it('gives nothing where nothing moves', () => {
    const still = clip.map((frame) => ({
      ...frame,
      averagedX: new Float32Array(usualSpeed.length),
      averagedY: new Float32Array(usualSpeed.length),
    }));
    expect(pseudoAnomaly(still, 'fast', usualSpeed, foreign, createRng(1))).toBeNull();
  });
});

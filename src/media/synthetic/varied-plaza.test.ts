import { describe, expect, it } from 'vitest';
import { createPlaza } from './plaza';
import { variedPlaza } from './varied-plaza';

const SIZE = { width: 160, height: 90 };
const SEEDS = [1, 2, 3, 4, 5, 6];

describe('varied plazas', () => {
  it('are fixed by their seeds and differ in everything that scenes differ in', () => {
    expect(variedPlaza(3)).toEqual(variedPlaza(3));
    const plazas = SEEDS.map(variedPlaza);
    for (const trait of [
      ({ view }: (typeof plazas)[0]) => view.height,
      ({ view }: (typeof plazas)[0]) => view.pitch,
      ({ view }: (typeof plazas)[0]) => view.focal,
      ({ lanes }: (typeof plazas)[0]) => lanes[0].nearZ,
    ])
      expect(new Set(plazas.map(trait)).size).toBe(SEEDS.length);
  });

  it('show people going their ways, none of them unusual', () => {
    for (const seed of SEEDS) {
      const plaza = createPlaza({ ...variedPlaza(seed), ...SIZE, fps: 0.1 });
      let seen = 0;
      for (let index = 0; index < 12; index++) {
        const { truth } = plaza.frameAt(index);
        expect(truth.abnormal).toBe(false);
        seen += truth.boxes.filter(({ kind }) => kind === 'walker' || kind === 'cyclist').length;
      }
      expect(seen).toBeGreaterThan(3);
    }
  });

  it('look alike from one frame to the next and unlike each other', () => {
    const [first, second] = SEEDS.map((seed) => createPlaza({ ...variedPlaza(seed), ...SIZE, noise: 0 }));
    const apart = (a: Uint8ClampedArray, b: Uint8ClampedArray) =>
      a.reduce((sum, level, index) => sum + Math.abs(level - b[index]), 0) / a.length;
    const here = first.frameAt(0).frame.data;
    expect(apart(here, first.frameAt(1).frame.data)).toBeLessThan(3);
    expect(apart(here, second.frameAt(0).frame.data)).toBeGreaterThan(10);
  });
});

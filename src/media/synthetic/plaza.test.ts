import { describe, expect, it } from 'vitest';
import { boxCentre } from '../../lib/box';
import type { AnomalyKind } from './actor';
import { plazaCamera } from './camera';
import { createPlaza, type PlazaOptions, type TrueObject } from './plaza';

const SMALL: PlazaOptions = { width: 320, height: 180 };
const KINDS: AnomalyKind[] = ['cyclist', 'runner', 'cart', 'against', 'bag'];

/** Mean absolute difference of two pictures, in levels. */
function difference(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i] - b[i]);
  return (sum / a.length) * (4 / 3);
}

/** Metres per second along x of a thing seen in both records, by its feet. */
function speed(before: TrueObject, after: TrueObject, seconds: number): number {
  const camera = plazaCamera(640, 360);
  const ground = (box: TrueObject) => {
    const [dx, dy] = camera.ray(boxCentre(box).x, box.y1);
    return (dx * -camera.eyeHeight) / dy;
  };
  return (ground(after) - ground(before)) / seconds;
}

describe('the plaza', () => {
  it('draws the same bytes for the same seed, in any order, and others for another seed', () => {
    const first = createPlaza({ ...SMALL, seed: 5, anomalies: 'demo' });
    const second = createPlaza({ ...SMALL, seed: 5, anomalies: 'demo' });
    const later = first.frameAt(120);
    first.frameAt(7);
    const again = second.frameAt(120);
    expect(again.frame.data).toEqual(later.frame.data);
    expect(again.truth).toEqual(later.truth);
    expect(difference(createPlaza({ ...SMALL, seed: 6 }).frameAt(120).frame.data, later.frame.data)).toBeGreaterThan(1);
  });

  it('goes on the same from a later start', () => {
    const whole = createPlaza({ ...SMALL, fps: 10 }).frameAt(250).frame.data;
    expect(createPlaza({ ...SMALL, fps: 10, startS: 20 }).frameAt(50).frame.data).toEqual(whole);
  });

  it('holds nothing unusual in ten minutes without anomalies, and always someone', () => {
    const plaza = createPlaza({ ...SMALL, fps: 0.2, startS: 3000 });
    for (let index = 0; index < 120; index++) {
      const { truth } = plaza.frameAt(index);
      expect(truth).toMatchObject({ abnormal: false, kind: null });
      expect(truth.mask.some((owner) => owner > 0)).toBe(false);
      expect(truth.boxes.filter((box) => box.kind === 'walker').length).toBeGreaterThan(2);
      expect(truth.boxes.length).toBeLessThan(45);
    }
  });

  it('keeps every walker of a stream in its direction at 1.0 to 1.6 m/s', () => {
    const plaza = createPlaza({ fps: 1, seed: 11 });
    const [before, after] = [plaza.frameAt(30).truth.boxes, plaza.frameAt(33).truth.boxes];
    const inside = (box: TrueObject) => box.kind === 'walker' && box.x0 > 30 && box.x1 < 610;
    const speeds = before.filter(inside).flatMap((box) => {
      const same = after.find((other) => other.id === box.id);
      return same && inside(same) ? [{ y: box.y1, speed: speed(box, same, 3) }] : [];
    });
    expect(speeds.length).toBeGreaterThan(5);
    for (const walker of speeds) {
      // The feet's lowest point swings with the stride: a third of a metre over three seconds.
      expect(Math.abs(walker.speed)).toBeGreaterThan(0.8);
      expect(Math.abs(walker.speed)).toBeLessThan(1.8);
      const between = walker.y > 195 && walker.y < 245;
      expect(Math.sign(walker.speed)).toBe(between ? -1 : 1);
    }
  });
});

describe('planted anomalies', () => {
  it.each(KINDS)('%s: labelled from its time on, box around its mask, seen as a change', (kind) => {
    const plaza = createPlaza({ anomalies: [{ kind, atS: 5 }], noise: 0, fps: 10 });
    const ordinary = createPlaza({ noise: 0, fps: 10 });
    for (let index = 30; index < 48; index++) expect(plaza.frameAt(index).truth.abnormal).toBe(false);
    const { frame, truth } = plaza.frameAt(65);
    expect(truth).toMatchObject({ abnormal: true, kind });
    const [box] = truth.boxes.filter((object) => object.abnormal);
    const bounds = { x0: 640, y0: 360, x1: 0, y1: 0 };
    truth.mask.forEach((owner, pixel) => {
      if (!owner) return;
      const x = pixel % 640;
      const y = Math.floor(pixel / 640);
      bounds.x0 = Math.min(bounds.x0, x);
      bounds.y0 = Math.min(bounds.y0, y);
      bounds.x1 = Math.max(bounds.x1, x + 1);
      bounds.y1 = Math.max(bounds.y1, y + 1);
    });
    for (const side of ['x0', 'y0', 'x1', 'y1'] as const) expect(Math.abs(bounds[side] - box[side])).toBeLessThan(4);
    const plain = ordinary.frameAt(65).frame.data;
    let changed = 0;
    let inMask = 0;
    truth.mask.forEach((owner, pixel) => {
      if (!owner) return;
      inMask++;
      if (
        Math.abs(frame.data[pixel * 4] - plain[pixel * 4]) +
          Math.abs(frame.data[pixel * 4 + 1] - plain[pixel * 4 + 1]) >
        6
      )
        changed++;
    });
    expect(inMask).toBeGreaterThan(150);
    expect(changed / inMask).toBeGreaterThan(0.8);
  });

  it.each([
    ['cyclist', 5.5],
    ['runner', 4],
    ['cart', 2.5],
    ['against', 1.42],
  ] as const)('%s moves at %d m/s', (kind, expected) => {
    const plaza = createPlaza({ anomalies: [{ kind, atS: 2 }], fps: 5 });
    const find = (index: number) => plaza.frameAt(index).truth.boxes.find((box) => box.kind === kind) as TrueObject;
    const measured = Math.abs(speed(find(15), find(20), 1));
    expect(measured / expected).toBeGreaterThan(0.8);
    expect(measured / expected).toBeLessThan(1.2);
  });

  it('leaves a dropped bag where it fell, then someone takes it', () => {
    const plaza = createPlaza({ ...SMALL, anomalies: [{ kind: 'bag', atS: 5 }], fps: 2 });
    const bagAt = (index: number) => plaza.frameAt(index).truth.boxes.find((box) => box.kind === 'bag' && box.abnormal);
    expect(bagAt(9)).toBeUndefined();
    expect(bagAt(14)).toBeDefined();
    expect(bagAt(34)).toEqual(bagAt(14));
    expect(bagAt(40)).toBeUndefined();
  });

  it('the demo shows all five in turn, the first 6 to 8 s after watching begins', () => {
    const plaza = createPlaza({ ...SMALL, anomalies: 'demo', anomaliesFromS: 10, fps: 2 });
    const seen: { kind: AnomalyKind; timeS: number }[] = [];
    for (let index = 0; index < 170; index++) {
      const { frame, truth } = plaza.frameAt(index);
      if (truth.kind && seen.at(-1)?.kind !== truth.kind) seen.push({ kind: truth.kind, timeS: frame.timeS });
    }
    expect(seen.slice(0, 5).map(({ kind }) => kind)).toEqual(KINDS);
    expect(seen[0].timeS).toBeGreaterThanOrEqual(16);
    expect(seen[0].timeS).toBeLessThanOrEqual(18);
    for (let i = 1; i < seen.length; i++) expect(seen[i].timeS - seen[i - 1].timeS).toBeGreaterThan(10);
  });
});

describe('the picture', () => {
  it('darkens everywhere at once at the light switch', () => {
    const plaza = createPlaza({ ...SMALL, fps: 10, lightSwitchAtS: 2 });
    const mean = (index: number) =>
      plaza.frameAt(index).frame.data.reduce((sum, value) => sum + value, 0) / (320 * 180 * 4);
    expect(mean(20)).toBeLessThan(mean(19) * 0.9);
    expect(difference(plaza.frameAt(21).frame.data, plaza.frameAt(20).frame.data)).toBeLessThan(6);
  });

  it('has noise of the asked strength, and none at 0', () => {
    const sky = (noise: number) => {
      const plaza = createPlaza({ ...SMALL, noise, fps: 15 });
      const [a, b] = [plaza.frameAt(0).frame.data, plaza.frameAt(1).frame.data];
      let sum = 0;
      const count = 320 * 10;
      for (let i = 0; i < count; i++) sum += (a[i * 4] - b[i * 4]) ** 2;
      return Math.sqrt(sum / count / 2);
    };
    expect(sky(0)).toBeLessThan(0.6);
    expect(sky(1)).toBeGreaterThan(1.3);
    expect(sky(1)).toBeLessThan(2.6);
  });

  it('draws in real time', () => {
    const plaza = createPlaza();
    for (let index = 0; index < 20; index++) plaza.frameAt(index);
    const times = Array.from({ length: 25 }, (_, index) => {
      const start = performance.now();
      plaza.frameAt(20 + index);
      return performance.now() - start;
    }).sort((a, b) => a - b);
    // 7 to 10 ms on an idle core; the bound leaves room for a busy machine.
    expect(times[5]).toBeLessThan(50);
  });

  it('refuses what it cannot draw', () => {
    expect(() => createPlaza({ width: 10 })).toThrow('10×360');
    expect(() => createPlaza({ fps: 0 })).toThrow('0 frames per second');
    expect(() => createPlaza({ ...SMALL, durationS: 2 }).frameAt(30)).toThrow(RangeError);
  });
});

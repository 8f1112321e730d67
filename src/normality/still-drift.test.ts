import { describe, expect, it } from 'vitest';
import { NOT_STILL } from '../vision/still-texture';
import { StillDrift } from './still-drift';
import { stillPresence } from './still-memory';

const learned = () => ({ mean: Float32Array.of(10, 10, 10, 10), deviation: Float32Array.of(1, 1, 1, 1) });
const HOUR_S = 3600;

/** Watch for `seconds` at two frames a second what `textureAt` shows. */
function follow(drift: StillDrift, seconds: number, textureAt: (timeS: number) => ArrayLike<number>, fromS = 0) {
  for (let timeS = fromS; timeS < fromS + seconds; timeS += 0.5)
    drift.step(timeS, { texture: Int8Array.from(textureAt(timeS)) });
}

describe('StillDrift', () => {
  it('follows a shadow that wanders for hours, so that it never looks like something new', () => {
    const drift = new StillDrift(learned());
    const shadow = (timeS: number) => [10 - (8 * timeS) / HOUR_S, 10, 10, 10];
    follow(drift, 2 * HOUR_S, shadow);
    const now = Int8Array.from(shadow(2 * HOUR_S));
    expect(stillPresence(now, drift.memory, 0)).toBeLessThan(1.5);
    expect(stillPresence(now, learned(), 0)).toBeGreaterThan(3.5);
  });

  it('never takes up what was left behind, however long it stays', () => {
    const drift = new StillDrift(learned());
    follow(drift, 6 * HOUR_S, () => [10, 22, 10, 10]);
    expect(drift.memory.mean[1]).toBe(10);
  });

  it('moves by one deviation in ten minutes at most', () => {
    const drift = new StillDrift(learned());
    follow(drift, 600, () => [15, 10, 10, 10]);
    expect(drift.memory.mean[0] - 10).toBeGreaterThan(2);
    expect(drift.memory.mean[0] - 10).toBeLessThanOrEqual(4.01);
  });

  it('leaves what does not stand still, counts a pause as two seconds, and does not touch what was learned', () => {
    const memory = learned();
    const drift = new StillDrift(memory);
    follow(drift, 100, () => [NOT_STILL, 10, 10, 10]);
    expect(drift.memory.mean[0]).toBe(10);
    drift.step(10_000, { texture: Int8Array.of(14, 10, 10, 10) });
    expect(drift.memory.mean[0] - 10).toBeLessThanOrEqual(0.02);
    drift.reset('gap');
    drift.step(20_000, { texture: Int8Array.of(14, 10, 10, 10) });
    expect(drift.memory.mean[0] - 10).toBeLessThanOrEqual(0.02);
    expect([...memory.mean]).toEqual([10, 10, 10, 10]);
  });

  it('keeps over a gap what it followed, and goes back to what was learned where it is reset', () => {
    const drift = new StillDrift(learned());
    follow(drift, 600, () => [15, 10, 10, 10]);
    const followed = drift.memory.mean[0];
    drift.reset('gap');
    expect(drift.memory.mean[0]).toBe(followed);
    drift.reset();
    expect([...drift.memory.mean]).toEqual([10, 10, 10, 10]);
  });

  it('takes all contrasts to be as strong as another light makes them, but for what was put there meanwhile', () => {
    const cells = 60;
    const memory = () => ({
      mean: Float32Array.from({ length: cells }, (_, cell) => 20 + cell),
      deviation: new Float32Array(cells).fill(2),
    });
    const dark = Int8Array.from(memory().mean, (value, cell) => (cell === 7 ? 60 : value / 2));
    const drift = new StillDrift(memory());
    drift.reset('light');
    // Nothing is known to stand still yet.
    expect(drift.usual({ texture: new Int8Array(cells).fill(NOT_STILL) }).mean[0]).toBe(20);
    const usual = drift.usual({ texture: dark });
    const presence = [...dark].map((_, cell) => stillPresence(dark, usual, cell));
    expect(Math.max(...presence.filter((_, cell) => cell !== 7))).toBeLessThan(0.2);
    expect(presence[7]).toBeGreaterThan(10);
    expect(Math.max(...[...dark].map((_, cell) => stillPresence(dark, memory(), cell)))).toBeGreaterThan(7);
    drift.reset('gap');
    expect(drift.usual({ texture: dark }).mean[0]).toBe(10);
    drift.reset();
    expect(drift.usual({ texture: dark })).toEqual(memory());
  });

  it('does not take for new what a stronger light drives into white', () => {
    const memory = {
      mean: Float32Array.from({ length: 60 }, (_, cell) => 20 + cell / 2),
      deviation: new Float32Array(60),
    };
    const bright = Int8Array.from(memory.mean, (value, cell) => (cell === 7 ? 3 : cell === 8 ? -30 : 2 * value));
    const drift = new StillDrift(memory);
    drift.reset('light');
    const usual = drift.usual({ texture: bright });
    expect(stillPresence(bright, usual, 7)).toBe(0);
    expect(stillPresence(bright, usual, 8)).toBeGreaterThan(5);
  });

  it('takes all to be as it was once the light is, also what had been driven into white, and nothing up that was put there under it', () => {
    const memory = {
      mean: Float32Array.from({ length: 60 }, (_, cell) => 20 + cell / 2),
      deviation: new Float32Array(60),
    };
    const bright = Int8Array.from(memory.mean, (value, cell) => (cell === 7 ? 3 : 2 * value));
    const asBefore = Int8Array.from(memory.mean, (value, cell) => (cell === 9 ? 5 : value));
    const drift = new StillDrift(memory);
    drift.reset('light');
    drift.usual({ texture: bright });
    drift.reset('light');
    const presence = [...asBefore].map((_, cell) => stillPresence(asBefore, drift.usual({ texture: asBefore }), cell));
    expect(Math.max(...presence.filter((_, cell) => cell !== 9))).toBeLessThan(0.2);
    expect(presence[9]).toBeGreaterThan(5);
  });
});

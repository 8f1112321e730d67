import { describe, expect, it } from 'vitest';
import type { Detector } from '../src/detectors/detector';
import { networkSceneKinds } from '../src/detectors/registry';
import { liveTensors } from '../src/engine/backend';
import type { Frame } from '../src/media/frame';
import { createPlaza } from '../src/media/synthetic/plaza';
import { registerGradients } from '../src/nn/gradients';
import { createDetector } from './detector-tools';

const FPS = 8;

/** A few seconds of the plaza; a cyclist crosses it from `cyclistS` on. */
function plaza(startS: number, seconds: number, cyclistS?: number): Frame[] {
  const anomalies = cyclistS === undefined ? undefined : [{ kind: 'cyclist' as const, atS: cyclistS }];
  const world = createPlaza({ seed: 7, width: 320, height: 192, fps: FPS, startS, anomalies });
  return Array.from({ length: seconds * FPS }, (_, index) => world.frameAt(index).frame);
}

async function watch(detector: Detector, frames: readonly Frame[]) {
  detector.reset();
  const seen = [];
  for (const frame of frames) seen.push(await detector.step(frame));
  return seen;
}

const highest = (seen: { raw: number }[]) => Math.max(...seen.map(({ raw }) => raw));

describe.each(Object.keys(networkSceneKinds))('%s with its shipped weights', (name) => {
  it('watches before it has learned a scene, then learns one, and keeps no tensor', { timeout: 300_000 }, async () => {
    const detector = await createDetector(name);
    // Vitest resolves modules as a bundler does, not as the command line.
    await registerGradients();
    expect(detector).toMatchObject({ name, judgesUnlearned: true, scene: null });
    // As long as any network looks back: from then on its buffers are full.
    await watch(detector, plaza(200, 3));
    const held = liveTensors();
    const unlearned = await watch(detector, plaza(200, 3));
    expect(liveTensors()).toBe(held);
    for (const { raw, returnPeriodS, attention } of unlearned) {
      expect(Number.isFinite(raw) && Number.isFinite(returnPeriodS)).toBe(true);
      expect(attention?.maps.length).toBeGreaterThan(0);
      for (const { values, width, height } of attention?.maps ?? []) {
        expect(values).toHaveLength(width * height);
        expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
      }
    }
    for (const frame of plaza(100, 8)) await detector.learnStep(frame);
    await detector.finishLearning();
    const calm = highest(await watch(detector, plaza(200, 4)));
    expect(highest(await watch(detector, plaza(200, 6, 0.5)))).toBeGreaterThan(calm);
    detector.dispose();
  });
});

it('names the detectors there are where one is asked for that is not', async () => {
  await expect(createDetector('esther')).rejects.toThrow(/no detector 'esther'; choose one of hybrid, stadnet/);
});

import { describe, expect, it } from 'vitest';
import { createPlaza } from '../media/synthetic/plaza';
import { onBackend } from '../nn/backends.fixture';
import { catalogue } from './catalogue';
import { type LearnedScene, LearningError, type NetworkTensors } from './detector';
import { NetworkDetector } from './network-detector';
import type { NetworkOutput } from './network-runner';
import { fitShippedNormality } from './network-scene/shipped-normality';
import { detectors } from './registry';
import { stadnetSceneKind } from './stadnet/scene-kind';
import type { PatchRows } from './streams/motion-patches';
import { fitMotionVae } from './streams/motion-vae';
import { StreamExtractor } from './streams/stream-extractor';
import { MOTION_CHANNELS, type StreamInputs } from './streams/stream-inputs';

const FPS = 8;
const plaza = (startS: number, seconds: number, anomalies?: { kind: 'cyclist'; atS: number }[]) => {
  const world = createPlaza({ seed: 7, width: 320, height: 192, fps: FPS, startS, anomalies });
  return Array.from({ length: seconds * FPS }, (_, index) => world.frameAt(index).frame);
};

const quickFit = (rows: PatchRows, seed: number) => fitMotionVae(rows, seed, { steps: 80, batch: 64 });

/** A network that calls abnormal what moves fast, looks at what moves, and counts how often it begins anew. */
function fastRunner(shipped: LearnedScene | null = null): NetworkTensors & { resets: number } {
  return {
    shipped,
    resets: 0,
    async step({ width, height, motion }: StreamInputs): Promise<NetworkOutput> {
      const grid = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
      const speeds = new Float32Array(grid.width * grid.height);
      for (let cell = 0; cell < width * height; cell++) {
        const place = (Math.floor(cell / width) >> 1) * grid.width + ((cell % width) >> 1);
        const speed = Math.hypot(motion[cell * MOTION_CHANNELS], motion[cell * MOTION_CHANNELS + 1]);
        speeds[place] = Math.max(speeds[place], speed);
      }
      const logits = speeds.map((speed) => 3 * speed - 6);
      const attention = [{ name: 'motion', ...grid, values: speeds.map((speed) => Math.min(1, speed)) }];
      const ranges = [{ name: 'now', weight: 1 }];
      return { ...grid, logits, probability: 0.1, features: new Float32Array(0), attention, ranges };
    },
    reset() {
      this.resets++;
    },
    fitMotion: quickFit,
    dispose() {},
  };
}

async function shippedFor(tensors: NetworkTensors): Promise<LearnedScene> {
  const extractor = new StreamExtractor();
  return fitShippedNormality(stadnetSceneKind, [plaza(40, 8).map((frame) => extractor.step(frame))], tensors);
}

async function watch(detector: NetworkDetector, frames: ReturnType<typeof plaza>) {
  detector.reset();
  const seen = [];
  for (const frame of frames) seen.push(await detector.step(frame));
  return seen;
}

const most = (values: number[]) => Math.max(...values);

describe('NetworkDetector', () => {
  it('learns a scene and scores a cyclist above the walkers, with evidence, attention and ranges', () =>
    onBackend('wasm', async () => {
      const detector = new NetworkDetector(stadnetSceneKind, fastRunner());
      for (const frame of plaza(100, 7)) expect(await detector.learnStep(frame)).toBeGreaterThanOrEqual(0);
      const fractions: number[] = [];
      const scene = await detector.finishLearning((fraction) => fractions.push(fraction));
      expect(fractions.length).toBeGreaterThan(40);
      expect(fractions.at(-1)).toBe(1);
      expect(detector.scene).toBe(scene);
      const calm = await watch(detector, plaza(200, 3));
      const unusual = await watch(detector, plaza(200, 4, [{ kind: 'cyclist', atS: 0.5 }]));
      expect(most(unusual.map(({ raw }) => raw))).toBeGreaterThan(most(calm.map(({ raw }) => raw)));
      const peak = unusual.reduce((a, b) => (b.raw > a.raw ? b : a));
      expect(most([...peak.evidence.values])).toBeGreaterThan(1);
      expect(peak.attention).toMatchObject({ maps: [{ name: 'motion' }], ranges: [{ name: 'now', weight: 1 }] });
      expect(peak.reasons.length).toBeGreaterThan(0);
      expect(detector.rawAt(3600)).toBeGreaterThan(detector.rawAt(60));
    }));

  it('judges without a scene by what was shipped, in any picture size, and by the scene once there is one', () =>
    onBackend('wasm', async () => {
      const shipped = await shippedFor(fastRunner());
      const detector = new NetworkDetector(stadnetSceneKind, fastRunner(shipped));
      expect(detector).toMatchObject({ judgesUnlearned: true, scene: null });
      const [first] = await watch(detector, plaza(200, 1));
      expect(first.returnPeriodS).toBeGreaterThanOrEqual(0);
      expect(detector.rawAt(3600)).toBeGreaterThan(detector.rawAt(60));
      detector.setScene({ ...shipped, width: 10, height: 10, model: { ...(shipped.model as object), here: null } });
      expect(detector.scene?.width).toBe(10);
      detector.setScene(null);
      expect(detector.scene).toBeNull();
      expect(() => detector.setScene({ ...shipped, detector: 'hybrid' })).toThrow(/Learn the scene again/);
    }));

  it('calls nothing unusual without a scene and without shipped normality', async () => {
    const detector = new NetworkDetector(stadnetSceneKind, fastRunner());
    expect(detector.judgesUnlearned).toBe(false);
    const seen = await watch(detector, plaza(200, 1));
    expect(seen.at(-1)).toMatchObject({ raw: 0, score: 0, reasons: [] });
  });

  it('says that no frame came, forgets what was cancelled, and begins clips anew', async () => {
    const tensors = fastRunner();
    const detector = new NetworkDetector(stadnetSceneKind, tensors);
    await expect(detector.finishLearning()).rejects.toThrow(LearningError);
    for (const frame of plaza(100, 1)) await detector.learnStep(frame);
    detector.cancelLearning();
    await expect(detector.finishLearning()).rejects.toThrow('No frame came');
    detector.reset();
    expect(tensors.resets).toBe(1);
  });
});

describe('the registry', () => {
  it('has a detector for each card, under its name', () => {
    expect(Object.keys(detectors)).toEqual(catalogue.map(({ name }) => name));
    for (const { name } of catalogue) expect(detectors[name].card.name).toBe(name);
  });
});

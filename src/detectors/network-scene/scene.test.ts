import { describe, expect, it } from 'vitest';
import { onBackend } from '../../nn/backends.fixture';
import { LearningError, type Observation } from '../detector';
import type { NetworkRunner } from '../network-runner';
import type { PatchRows } from '../streams/motion-patches';
import { fitMotionVae } from '../streams/motion-vae';
import type { StreamFrame } from '../streams/stream-frame';
import { MOTION_CHANNELS, type StreamInputs } from '../streams/stream-inputs';
import { move, walkingClip } from '../streams/streams.fixture';
import { PLACE_CUES } from './cues';
import { NetworkJudge } from './judge';
import { fitNetworkScene, type NetworkSceneKind, type NetworkSceneModel } from './scene';

/** A network that calls abnormal what moves upwards, and counts how often it began anew. */
function upwardsRunner(): NetworkRunner & { resets: number } {
  return {
    resets: 0,
    async step({ width, height, motion }: StreamInputs) {
      const logits = new Float32Array((width * height) / 4).fill(-4);
      for (let cell = 0; cell < width * height; cell++) {
        if (motion[cell * MOTION_CHANNELS + 1] < -0.3)
          logits[(((cell - (cell % width)) / width) >> 1) * (width / 2) + ((cell % width) >> 1)] = 4;
      }
      const features = new Float32Array(0);
      const grid = { width: width / 2, height: height / 2 };
      return { ...grid, logits, probability: 0.1, features, attention: [], ranges: [] };
    },
    reset() {
      this.resets++;
    },
    dispose() {},
  };
}

const kind: NetworkSceneKind = { detector: 'some-network', version: 3 };
const fitMotion = (rows: PatchRows, seed: number) => fitMotionVae(rows, seed, { steps: 80, batch: 64 });
const learn = (clips: StreamFrame[][]) => fitNetworkScene(kind, clips, { ...upwardsRunner(), fitMotion });
const normal = [1, 2].map((seed) => walkingClip({ seconds: 8, seed }));

describe('fitNetworkScene', () => {
  it('refuses too little footage, and footage in which nothing moves', async () => {
    await expect(learn([walkingClip({ seconds: 2 })])).rejects.toThrow(LearningError);
    const still = walkingClip({ seconds: 8 }).map((frame) => ({
      ...frame,
      averagedX: new Float32Array(frame.averagedX.length),
      velocityX: new Float32Array(frame.velocityX.length),
    }));
    await expect(learn([still])).rejects.toThrow(/Hardly anything moved/);
  });

  it('scores what the network calls abnormal, says where and why, and begins anew', () =>
    onBackend('wasm', async () => {
      const scene = await learn(normal);
      const runner = upwardsRunner();
      const judge = new NetworkJudge(kind, scene, runner);
      const clip = walkingClip({ seconds: 4, seed: 7 });
      for (const frame of clip.slice(20)) for (const x of [4, 5]) move(frame, x, 8, 0, -40);
      const seen = [];
      for (const frame of clip) seen.push(await judge.step(frame));
      const [before, during] = [seen[15], seen[30]];
      expect(during.raw).toBeGreaterThan(before.raw + 2);
      expect(during.returnPeriodS).toBeGreaterThan(10 * before.returnPeriodS);
      const { width, values } = during.evidence;
      const place = values.indexOf(Math.max(...values));
      expect([place % width, Math.floor(place / width)]).toEqual([2, 4]);
      expect(during.reasons.map(({ cue }) => cue)).toContain('pattern');
      for (const { text } of during.reasons) expect(text).toMatch(/\d/);
      judge.reset();
      expect(runner.resets).toBe(1);
      expect((await judge.step(walkingClip({ seconds: 0.1, seed: 3 })[0])).raw).toBeLessThan(during.raw);
    }));

  it('sees what was left standing, until the user calls it normal; what else is unusual then still counts', () =>
    onBackend('wasm', async () => {
      const judge = new NetworkJudge(kind, await learn(normal), upwardsRunner());
      const clip = walkingClip({ seconds: 4, seed: 7 });
      for (const frame of clip) {
        if (frame.timeS < 1) continue;
        for (const x of [17, 18, 19]) for (const y of [12, 13, 14]) frame.still[y * 24 + x] = 70;
        if (frame.timeS >= 3) for (const x of [4, 5]) move(frame, x, 8, 0, -40);
      }
      const watched = async () => {
        judge.reset();
        const seen = [];
        for (const frame of clip) seen.push(await judge.step(frame));
        return { calm: seen[9], left: seen[28], both: seen[38] };
      };
      const peakOf = ({ evidence: { width, values } }: Observation) => {
        const place = values.indexOf(Math.max(...values));
        return [place % width, Math.floor(place / width)];
      };
      const { calm, left } = await watched();
      expect(left.raw).toBeGreaterThan(calm.raw + 2);
      expect(left.reasons.map(({ cue }) => cue)).toEqual(['presence', 'duration']);
      expect(peakOf(left)).toEqual([9, 6]);
      const box = { x0: 170, y0: 120, x1: 200, y1: 150 };
      judge.accepted = [{ label: '', box, raw: left.raw, cues: ['presence'] }];
      const known = await watched();
      expect(known.left.raw).toBeLessThan(calm.raw + 1);
      expect(known.both.raw).toBeGreaterThan(calm.raw + 2);
      expect(peakOf(known.both)).toEqual([2, 4]);
    }));

  it('does not judge by cues that are not to count', () =>
    onBackend('wasm', async () => {
      const tensors = { ...upwardsRunner(), fitMotion };
      const { model } = await fitNetworkScene(kind, normal, tensors, { without: ['network', 'presence'] });
      const { scales } = model as NetworkSceneModel;
      expect(PLACE_CUES.filter((cue) => !Number.isFinite(scales[cue].upper))).toEqual(['network', 'presence']);
    }));

  it('gives the same scene for the same seed; another size or detector is refused', () =>
    onBackend('wasm', async () => {
      const scene = await learn(normal);
      expect(await learn(normal)).toEqual(scene);
      const judge = new NetworkJudge(kind, scene, upwardsRunner());
      await expect(judge.step({ ...normal[0][0], frameWidth: 100 })).rejects.toThrow(/Learn the scene again/);
      expect(() => new NetworkJudge(kind, { ...scene, detector: 'hybrid' }, upwardsRunner())).toThrow(
        /some-network reads format 3/,
      );
    }));
});

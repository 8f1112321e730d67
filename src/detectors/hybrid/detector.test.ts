import { beforeAll, describe, expect, it } from 'vitest';
import { type LearnedScene, LearningError, type Observation } from '../detector';
import { type PlazaClip, plazaClip, plazaDetector } from './plaza.fixture';

/** Half a minute of ordinary life, and then other stretches of it. */
const NORMAL_S = 30;
const WATCHED_S = 12;
let scene: LearnedScene;
let watched: PlazaClip;
let judged: Observation[];
const ordinary = plazaClip(5, { startS: 300 });

/** A detector that knows the plaza. */
function knowing() {
  const made = plazaDetector();
  made.detector.setScene(scene);
  return made;
}

const raws = (observations: Observation[]) => observations.map(({ raw }) => raw);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

beforeAll(async () => {
  const plaza = plazaDetector();
  scene = await plaza.learn(plazaClip(NORMAL_S));
  watched = plazaClip(WATCHED_S, {
    startS: 120,
    anomalies: [
      { kind: 'cyclist', atS: 3 },
      { kind: 'runner', atS: 8 },
    ],
  });
  judged = await plaza.watch(watched);
}, 60_000);

describe('learning', () => {
  it('makes a scene of what it was shown', () => {
    expect(scene).toMatchObject({ detector: 'hybrid', width: 256, height: 144, frames: NORMAL_S * 10 });
    expect(structuredClone(scene)).toEqual(scene);
  });

  it('without a frame is refused', async () => {
    await expect(plazaDetector().detector.finishLearning()).rejects.toThrow(LearningError);
  });

  it('forgets what was taken when it is cancelled or has failed', async () => {
    const { detector, learn } = plazaDetector();
    await expect(learn(ordinary.slice(0, 10))).rejects.toThrow('Too little footage');
    await expect(detector.finishLearning()).rejects.toThrow('No frame came');
    await detector.learnStep(ordinary[0].frame);
    detector.cancelLearning();
    await expect(detector.finishLearning()).rejects.toThrow('No frame came');
    expect(detector.scene).toBeNull();
  });
});

describe('watching', () => {
  it('scores the cyclist and the runner above ordinary life', () => {
    const abnormal = judged.filter((_, i) => watched[i].truth.abnormal);
    const normal = judged.filter((_, i) => !watched[i].truth.abnormal && i >= 10);
    expect(abnormal.length).toBeGreaterThan(20);
    expect(normal.length).toBeGreaterThan(20);
    let ordered = 0;
    for (const one of abnormal) for (const other of normal) ordered += one.raw > other.raw ? 1 : 0;
    expect(ordered / (abnormal.length * normal.length)).toBeGreaterThan(0.9);
    expect(mean(abnormal.map(({ score }) => score))).toBeGreaterThan(mean(normal.map(({ score }) => score)) + 0.2);
  });

  it('points at the one who is unusual', () => {
    const peak = judged.reduce((most, one) => (one.raw > most.raw ? one : most));
    const { truth } = watched[judged.indexOf(peak)];
    expect(truth.abnormal).toBe(true);
    const top = peak.objects.reduce((most, one) => (one.raw > most.raw ? one : most));
    const culprit = truth.boxes.find(({ abnormal }) => abnormal)!;
    expect(Math.abs(top.x0 + top.x1 - culprit.x0 - culprit.x1) / 2).toBeLessThan(12);
    expect(peak.reasons.length).toBeGreaterThan(0);
  });

  it('gives a score, a period and an evidence map for every frame', () => {
    expect(judged).toHaveLength(watched.length);
    for (const { raw, score, returnPeriodS, evidence } of judged) {
      expect(Number.isFinite(raw)).toBe(true);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
      expect(returnPeriodS).toBeGreaterThan(0);
      expect(evidence.values).toHaveLength(evidence.width * evidence.height);
      expect(evidence.values.every((value) => value >= 0)).toBe(true);
    }
  });

  it('after a reset scores as if it had seen nothing before', async () => {
    const used = knowing();
    await used.watch(watched.slice(30, 60));
    const again = raws(await used.watch(ordinary));
    const fresh = raws(await knowing().watch(ordinary));
    expect(again).toEqual(fresh);
    expect(new Set(fresh).size).toBeGreaterThan(20);
  });

  it('without a scene shows objects and calls nothing unusual', async () => {
    const observations = await plazaDetector().watch(ordinary.slice(0, 10));
    expect(raws(observations)).toEqual(new Array(10).fill(0));
    expect(observations[9].objects.length).toBeGreaterThan(2);
    expect(observations[9].objects[0]).toMatchObject({ label: 'person', raw: 0, reasons: [] });
  });

  it('refuses the scene of another version, and keeps the one it has', () => {
    const { detector } = knowing();
    expect(() => detector.setScene({ ...scene, version: scene.version + 1 })).toThrow('Learn the scene again');
    expect(detector.scene).toBe(scene);
  });
});

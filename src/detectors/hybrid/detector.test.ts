import { beforeAll, describe, expect, it } from 'vitest';
import { type Exception, exceptionsIn, isExcused } from '../../alerts/exception';
import { type LearnedScene, LearningError, type Observation } from '../detector';
import { HybridDetector } from './detector';
import { type PlazaClip, plazaClip, plazaDetector } from './plaza.fixture';

/** Ordinary life, and what comes right after it. */
const NORMAL_S = 20;
const WATCHED_S = 10;
const PLANTED = [
  { kind: 'cyclist', atS: 2 },
  { kind: 'runner', atS: 7 },
] as const;
let scene: LearnedScene;
let watched: PlazaClip;
let judged: Observation[];
const ordinary = plazaClip(2, { startS: NORMAL_S + WATCHED_S });

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
  watched = plazaClip(WATCHED_S, { startS: NORMAL_S, anomalies: PLANTED });
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
    // An entrance is seen half a second late, and lingers for a second.
    const abnormalAt = (i: number) => Boolean(watched[i]?.truth.abnormal);
    const since = (i: number, frames: number) => Array.from({ length: frames + 1 }, (_, back) => abnormalAt(i - back));
    const abnormal = judged.filter((_, i) => since(i, 5).every(Boolean));
    const normal = judged.filter((_, i) => !since(i, 10).some(Boolean));
    expect(abnormal.length).toBeGreaterThan(20);
    expect(normal.length).toBeGreaterThan(20);
    let ordered = 0;
    for (const one of abnormal) for (const other of normal) ordered += one.raw > other.raw ? 1 : 0;
    expect(ordered / (abnormal.length * normal.length)).toBeGreaterThan(0.95);
    const before = judged.slice(0, 10 * PLANTED[0].atS);
    const rarity = (observations: Observation[]) => mean(observations.map(({ score }) => score));
    expect(rarity(abnormal)).toBeGreaterThan(rarity(before) + 0.3);
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

  it('takes up what the user called normal, in score and map, and nothing else; until it is taken back', async () => {
    const unusual = judged.filter(({ timeS, returnPeriodS }) => timeS < PLANTED[1].atS && returnPeriodS > 20);
    const exceptions = exceptionsIn(unusual);
    const { detector, watch } = knowing();
    detector.setAccepted(exceptions);
    const accepted = await watch(watched);
    const most = (observations: Observation[]) => {
      const there = observations.filter(({ timeS }) => timeS < PLANTED[1].atS);
      const evidence = Math.max(...there.flatMap((one) => [...one.evidence.values]));
      return { raw: Math.max(...raws(there)), evidence };
    };
    expect(most(accepted).raw).toBeLessThan(0.5 * most(judged).raw);
    expect(most(accepted).evidence).toBeLessThan(0.5 * most(judged).evidence);
    const found = (observations: Observation[]) =>
      observations.flatMap(({ objects }) => objects.filter(({ trackId }) => trackId >= 0));
    const pairs = found(judged).map((before, i) => ({ before, after: found(accepted)[i].raw }));
    const isLike = ({ before }: (typeof pairs)[number]) => before.raw > 0 && isExcused(before, exceptions);
    expect(pairs.filter(isLike).every(({ after }) => after === 0)).toBe(true);
    // What is accepted is missing within the boxes of others that overlap it too.
    const others = pairs.filter((pair) => !isLike(pair));
    expect(others.every(({ before, after }) => after <= before.raw)).toBe(true);
    const elsewhere = ({ box, ...rest }: Exception) => ({
      ...rest,
      box: { ...box, x0: box.x0 - 1000, x1: box.x1 - 1000 },
    });
    detector.setAccepted(exceptions.map(elsewhere));
    expect(raws(await watch(watched))).toEqual(raws(judged));
    detector.setAccepted([]);
    expect(raws(await watch(watched))).toEqual(raws(judged));
  });

  it('after a reset scores as if it had seen nothing before', async () => {
    const used = knowing();
    await used.watch(watched.slice(30, 60));
    const again = raws(await used.watch(ordinary));
    const fresh = raws(await knowing().watch(ordinary));
    expect(again).toEqual(fresh);
    expect(new Set(fresh).size).toBeGreaterThan(10);
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

  it('refuses a picture of another size than it learned', async () => {
    const detector = new HybridDetector({
      embeddingSize: 128,
      wait: true,
      find: async () => ({ objects: [], patches: null }),
      dispose() {},
    });
    detector.setScene(scene);
    const data = new Uint8ClampedArray(64 * 64 * 4);
    await expect(detector.step({ timeS: 0, width: 64, height: 64, data })).rejects.toThrow('64×64');
  });
});

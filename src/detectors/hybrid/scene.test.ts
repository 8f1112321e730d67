import { describe, expect, it } from 'vitest';
import { LearningError } from '../detector';
import { frameFeatures, objectAt } from './features.fixture';
import { HybridJudge } from './judge';
import { fitScene, type HybridModel, SCENE_VERSION } from './scene';

/** Someone walks right at 40 px/s, a height per second, again and again. */
function walk(frames: number, fps = 10) {
  return Array.from({ length: frames }, (_, i) => {
    const timeS = i / fps;
    const object = objectAt(30 + ((40 * timeS) % 260), 100, { trackId: Math.floor(timeS / 6.5), ageS: timeS % 6.5 });
    return frameFeatures(timeS, {
      moving: 0.02,
      objects: [{ ...object, centreX: 40, edgeX: 40, flowX: 40 }],
    });
  });
}

const still = (frames: number) => Array.from({ length: frames }, (_, i) => frameFeatures(i / 10));

describe('fitScene', () => {
  it('wants five seconds and forty frames, and says what it had', async () => {
    await expect(fitScene([walk(45)])).rejects.toThrow(LearningError);
    await expect(fitScene([walk(45)])).rejects.toThrow(/^Too little footage.* 4[.]\d seconds \(45 frames\)/);
    await expect(fitScene([walk(39, 2)])).rejects.toThrow('39 frames');
    await expect(fitScene([])).rejects.toThrow(LearningError);
  });

  it('wants to see something move', async () => {
    await expect(fitScene([still(100)])).rejects.toThrow(LearningError);
    await expect(fitScene([still(100)])).rejects.toThrow('Hardly anything moved');
  });

  it('is not content with things that stand about, nor with one moving frame', async () => {
    const [first] = walk(1);
    const standing = walk(100).map((frame) => ({ ...frame, objects: first.objects, moving: 0 }));
    await expect(fitScene([standing])).rejects.toThrow('0 of 100 frames');
    await expect(fitScene([[...standing.slice(1), { ...first, timeS: 10, moving: 0.2 }]])).rejects.toThrow('1 of 100');
  });

  it('describes the footage it is from', async () => {
    const progress: number[] = [];
    const scene = await fitScene([walk(100), walk(60)], {}, (fraction) => progress.push(fraction));
    expect(scene).toMatchObject({ detector: 'hybrid', version: SCENE_VERSION, width: 320, height: 160, frames: 160 });
    expect(scene.durationS).toBeCloseTo(10 + 6, 6);
    expect(progress[progress.length - 1]).toBe(1);
    const { memory } = scene.model as HybridModel;
    expect(memory.objects.height.offset).toBeCloseTo(40, 0);
    expect(memory.objects.velocity.values).toHaveLength(160 * 4);
  });

  it('trusts motion that it saw for long, though the object finder found nothing in it', async () => {
    const moving = (frames: number) => walk(frames).map((frame) => ({ ...frame, objects: [] }));
    const upper = async (frames: number) =>
      ((await fitScene([moving(frames)])).model as HybridModel).scales.speed.upper;
    const [short, long] = [await upper(60), await upper(600)];
    expect(short).toBeGreaterThan(0.7);
    expect(long).toBeLessThan(0.6 * short);
  });

  it('is the same for the same footage', async () => {
    expect(await fitScene([walk(100)])).toEqual(await fitScene([walk(100)]));
  });
});

describe('the judge', () => {
  it('refuses the scene of another detector or version', async () => {
    const scene = await fitScene([walk(100)]);
    expect(() => new HybridJudge(scene)).not.toThrow();
    expect(() => new HybridJudge({ ...scene, version: SCENE_VERSION + 1 })).toThrow(
      `reads format ${SCENE_VERSION}. Learn the scene again.`,
    );
    expect(() => new HybridJudge({ ...scene, detector: 'other' })).toThrow('learned by other');
  });

  it('scores a runner above the walker it learned, says why and shows where', async () => {
    const judge = new HybridJudge(await fitScene([walk(200)]));
    const usual = judge.step(walk(30)[29]);
    judge.reset();
    const running = objectAt(150, 100, { centreX: 160, edgeX: 160, flowX: 160, trackId: 9 });
    const unusual = judge.step(frameFeatures(0, { moving: 0.02, objects: [running] }));
    expect(unusual.raw).toBeGreaterThan(usual.raw + 3);
    expect(unusual.returnPeriodS).toBeGreaterThan(usual.returnPeriodS);
    expect(usual.objects[0].reasons).toEqual([]);
    expect(unusual.reasons[0].text).toMatch(/^person /);
    expect(unusual.objects[0]).toMatchObject({ trackId: 9, label: 'person', x0: 140, y0: 60, x1: 160, y1: 100 });
    expect(unusual.objects[0].reasons.filter(({ cue }) => cue === 'speed')).toHaveLength(1);
    const { evidence } = unusual;
    expect(evidence).toMatchObject({ width: 16, height: 8 });
    // The box covers column 7 and rows 3 and 4 of 20-pixel cells.
    const within = evidence.values[3 * 16 + 7];
    expect(within).toBeGreaterThanOrEqual(unusual.objects[0].raw);
    expect(within).toBeLessThan(unusual.objects[0].raw + 1);
    expect(evidence.values[3 * 16 + 12]).toBeLessThan(within / 10);
  });

  it('counts of an object what is beyond ordinary ones, in its score, its reasons and its rarity', async () => {
    const scene = await fitScene([walk(200)]);
    const { usualObject } = scene.model as HybridModel;
    const judge = new HybridJudge(scene);
    const seen = (edgeX: number) => {
      judge.reset();
      const features = frameFeatures(0, { moving: 0.02, objects: [objectAt(150, 100, { edgeX, trackId: 9 })] });
      return judge.step(features);
    };
    const [slow, ordinary, odd] = [0, 60, 160].map(seen);
    expect(usualObject).toBeGreaterThan(1);
    expect(ordinary.raw).toBe(slow.raw);
    expect(ordinary.objects[0]).toMatchObject({ raw: 0, returnPeriodS: slow.objects[0].returnPeriodS });
    expect(ordinary.reasons.filter(({ text }) => text.startsWith('person'))).toEqual([]);
    expect(odd.objects[0].raw).toBeCloseTo(odd.raw - slow.raw, 4);
    expect(odd.objects[0].returnPeriodS).toBeGreaterThan(ordinary.objects[0].returnPeriodS ?? 0);
    const [{ weight, text }] = odd.reasons;
    expect(text).toMatch(/^person /);
    expect(weight).toBeLessThan(odd.objects[0].reasons[0].weight);
  });

  it('is about the place that is unusual, where someone ordinary walks elsewhere', async () => {
    const judge = new HybridJudge(await fitScene([walk(200)]));
    const features = frameFeatures(0, { moving: 0.02, objects: [objectAt(60, 100, { edgeX: 40, trackId: 9 })] });
    for (const cell of [4, 5, 6]) features.flowX.fill(200, cell * 16 + 10, cell * 16 + 13);
    const moment = judge.step(features);
    const [person, region] = moment.objects;
    expect(region).toMatchObject({ label: 'motion', returnPeriodS: moment.returnPeriodS });
    expect(region.raw).toBeGreaterThan(person.raw);
  });

  it('tells the raw score of a return period', async () => {
    const judge = new HybridJudge(await fitScene([walk(200)]));
    expect(judge.rawAt(3600)).toBeGreaterThan(judge.rawAt(60));
  });
});

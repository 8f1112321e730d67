import { describe, expect, it } from 'vitest';
import { frameFeatures, objectAt } from '../features.fixture';
import { HybridJudge } from '../judge';
import { fitScene, type HybridModel } from '../scene';
import { fitPatternScale, patternContribution, patternReason } from './pattern';
import { shippedHalf } from './shipped';

/** Someone walks right, a height per second, again and again. */
const walk = (frames: number, speed = 40) =>
  Array.from({ length: frames }, (_, i) => {
    const timeS = i / 10;
    const object = objectAt(30 + ((speed * timeS) % 260), 100, { trackId: Math.floor(timeS / 6.5), ageS: timeS % 6.5 });
    return frameFeatures(timeS, {
      moving: 0.02,
      objects: [{ ...object, centreX: speed, edgeX: speed, flowX: speed }],
    });
  });

const score = (logit: number) => ({ trackId: 1, logit, gates: { appearance: 0.1, context: 0.2, motion: 0.7 } });

describe('the learned half in the score', () => {
  it('counts where the scene was learned with it, and only there', async () => {
    const learned = shippedHalf();
    const withIt = await fitScene([walk(120)], { learned });
    const without = await fitScene([walk(120)]);
    expect((without.model as HybridModel).pattern).toBeUndefined();
    const { median, upper } = (withIt.model as HybridModel).pattern as { median: number; upper: number };
    expect(upper).toBeGreaterThan(median);
    const raws = (...given: ConstructorParameters<typeof HybridJudge>) => {
      const judge = new HybridJudge(...given);
      return walk(40, 120).map((features) => judge.step(features).raw);
    };
    expect(raws(withIt, learned)).not.toEqual(raws(withIt));
    expect(raws(without, learned)).toEqual(raws(without));
  });

  it('is scaled by the largest logit of held-out normal frames', () => {
    const frames = Array.from({ length: 200 }, (_, i) => [score(-4 + i / 100), score(-9)]);
    const scale = fitPatternScale(frames, 1000);
    expect(scale.median).toBeCloseTo(-3, 1);
    expect(scale.upper).toBeCloseTo(-2, 1);
    expect(patternContribution(scale, -1)).toBeGreaterThan(patternContribution(scale, -2));
    expect(fitPatternScale([[], []], 0)).toEqual({ median: -6, upper: 1 });
  });

  it('says which kind of cue it looked at most, with its number', () => {
    const reason = patternReason({ median: -3, upper: -1 }, score(1));
    expect(reason).toMatchObject({
      cue: 'pattern',
      text: 'its motion resembles that of trained anomalies (2.0× the usual deviation)',
    });
    expect(reason.weight).toBeCloseTo(2 * 2.2, 5);
  });
});

import { describe, expect, it } from 'vitest';
import { frameFeatures, objectAt } from '../features.fixture';
import { learnMemory } from '../memory';
import { CUES, CueReader, type CueScales } from '../scorer';
import { frameTokens, HORIZONTAL, PICTURE, TOKEN_CUES, type TokenCue } from './tokens';

const height = { offset: 40, perX: 0, perY: 0, smallest: 4, largest: 200 };
const memory = learnMemory([frameFeatures(0, { objects: [objectAt(100, 100)] })], height, 1);
const scales = Object.fromEntries(CUES.map((cue) => [cue, { median: 0, upper: 0.5 }])) as CueScales;

function tokensOf(...objects: Parameters<typeof objectAt>[]) {
  const features = frameFeatures(1, {
    objects: objects.map(([x, y, given], i) => objectAt(x, y, { trackId: i + 5, ...given })),
  });
  return frameTokens(features, new CueReader(memory).read(features), scales, memory.objects);
}

describe('frame tokens', () => {
  it('are one for the picture and one per object, with all their features, none out of bounds', () => {
    const tokens = tokensOf([100, 100], [200, 120, { flowX: 4000, centreX: -3000, edgeX: 900, stayS: 1e6 }]);
    expect(tokens.map(({ trackId }) => trackId)).toEqual([PICTURE, 5, 6]);
    for (const token of tokens) {
      for (const cue of Object.keys(TOKEN_CUES) as TokenCue[]) {
        expect(token[cue]).toHaveLength(TOKEN_CUES[cue]);
        for (const value of token[cue]) expect(Math.abs(value)).toBeLessThan(6);
      }
    }
  });

  it('of the picture say nothing of appearance and motion', () => {
    const [picture] = tokensOf([100, 100, { flowX: 90 }]);
    expect(Math.max(...picture.appearance.map(Math.abs), ...picture.motion.map(Math.abs))).toBe(0);
  });

  it('grow with the speed, and mirror with its direction', () => {
    const [, slow, fast, left] = tokensOf(
      [100, 100, { centreX: 20, flowX: 20 }],
      [100, 100, { centreX: 60, flowX: 60 }],
      [100, 100, { centreX: -60, flowX: -60 }],
    );
    expect(fast.motion[7]).toBeGreaterThan(slow.motion[7]);
    expect(fast.motion[2]).toBeGreaterThan(slow.motion[2]);
    expect(left.motion[HORIZONTAL]).toBeCloseTo(-fast.motion[HORIZONTAL], 6);
    expect(left.motion[7]).toBeCloseTo(fast.motion[7], 6);
  });
});

import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { periodsOf } from '../../normality/rarity';
import { LearningError } from '../detector';
import { networkSceneKinds } from '../registry';
import { walkingClip } from '../streams/streams.fixture';
import { PLACE_CUES } from './cues';
import type { NetworkSceneModel } from './scene';
import { fitShippedNormality } from './shipped-normality';

/** A network that finds all places equally normal, a little less so in the second half of a second. */
const runner = {
  frames: 0,
  async step({ width, height }: { width: number; height: number }) {
    const odd = this.frames++ % 10 >= 5;
    const grid = { width: width / 2, height: height / 2 };
    const logits = new Float32Array(grid.width * grid.height).fill(odd ? -3 : -4);
    return { ...grid, logits, probability: 0.1, features: new Float32Array(0), attention: [], ranges: [] };
  },
  reset() {
    this.frames = 0;
  },
  dispose() {},
};
const kind = networkSceneKinds.stadnet;

describe('fitShippedNormality', () => {
  it('knows no place, and calls rare what the network has not said of ordinary footage', async () => {
    const clips = [1, 2].map((seed) => walkingClip({ seconds: 8, seed }));
    const { model, width, durationS } = await fitShippedNormality(kind, clips, runner);
    const { here, scales, rarity } = model as NetworkSceneModel;
    expect([here, width]).toEqual([null, 0]);
    expect(durationS).toBeCloseTo(16, 0);
    expect(scales.network.median).toBeGreaterThanOrEqual(-4);
    expect(scales.network.median).toBeLessThanOrEqual(-3);
    const periodAt = (raw: number) => periodsOf(rarity, { moment: raw, lasting: 0 }).periodS;
    expect(periodAt(10)).toBeGreaterThan(100 * periodAt(0));
  });

  it('refuses too little footage', async () => {
    await expect(fitShippedNormality(kind, [walkingClip({ seconds: 1 })], runner)).rejects.toThrow(LearningError);
  });
});

describe.each(Object.entries(networkSceneKinds))('the shipped normality of %s', (name, { detector, version }) => {
  it('is of the present scenes and cues; where they change, npm run calibrate writes it anew', async () => {
    const shipped = JSON.parse(await readFile(`public/models/${name}/normality.json`, 'utf8'));
    expect(shipped).toMatchObject({ detector, version, model: { here: null } });
    expect(Object.keys(shipped.model.scales).sort()).toEqual([...PLACE_CUES].sort());
  });
});

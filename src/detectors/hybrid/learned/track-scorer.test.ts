import { describe, expect, it } from 'vitest';
import { createRng } from '../../../lib/rng';
import { onBackend } from '../../../nn/backends.fixture';
import { storedLeaves } from '../../../nn/stored-weights';
import type { ParamTree } from '../../../nn/tree';
import { saveWeights } from '../../../nn/weights';
import { createLearned, learnedConfig } from './network';
import { PICTURE, TOKEN_CUES, type Token } from './tokens';
import { TrackScorer } from './track-scorer';
import { clipLogits } from './training';

const rng = createRng(12);

function token(trackId: number): Token {
  const values = (count: number) => Float32Array.from({ length: count }, () => rng.normal());
  const of = (count: number) => (trackId === PICTURE ? new Float32Array(count) : values(count));
  const { appearance, context, motion } = TOKEN_CUES;
  return { trackId, appearance: of(appearance), context: values(context), motion: of(motion) };
}

/** One track is there throughout, one comes late, one goes away for a moment. */
const clip = Array.from({ length: 12 }, (_, t) => {
  const tracks = [PICTURE, 4, ...(t > 3 ? [5] : []), ...(t === 6 || t === 7 ? [] : [6])];
  return { tokens: tracks.map(token), labels: tracks.map(() => 0) };
});

async function randomWeights() {
  const params = createLearned(rng, learnedConfig);
  const stored = await saveWeights(params as ParamTree, { detector: 'hybrid', config: learnedConfig });
  const plain = new Map(storedLeaves(stored, 'hybrid').map(({ path, values }) => [path, values]));
  return { params, plain };
}

describe('the learned half on plain arrays', () => {
  it('gives frame by frame what the network gives for the whole clip', () =>
    onBackend('cpu', async () => {
      const { params, plain } = await randomWeights();
      const whole = await clipLogits(params, clip);
      const scorer = new TrackScorer(plain);
      const read = () => clip.map(({ tokens }) => scorer.step(tokens));
      const first = read();
      first.forEach((scores, t) => {
        const frame = Math.log(scores.reduce((sum, { logit }) => sum + Math.exp(logit), 0));
        expect(Math.abs(frame - whole[t])).toBeLessThan(1e-4);
      });
      scorer.reset();
      expect(read()).toEqual(first);
    }));

  it('says how much each kind of cue counts; the picture has a context only', () =>
    onBackend('cpu', async () => {
      const [picture, object] = new TrackScorer((await randomWeights()).plain).step(clip[0].tokens);
      expect(picture.gates).toEqual({ appearance: 0, context: 1, motion: 0 });
      const { appearance, context, motion } = object.gates;
      expect(appearance + context + motion).toBeCloseTo(1, 6);
      expect(Math.min(appearance, context, motion)).toBeGreaterThan(0);
    }));

  it('refuses weights that lack a parameter', () =>
    onBackend('cpu', async () => {
      const plain = new Map((await randomWeights()).plain);
      plain.delete('memory/recurrent');
      expect(() => new TrackScorer(plain)).toThrow('memory/recurrent');
    }));
});

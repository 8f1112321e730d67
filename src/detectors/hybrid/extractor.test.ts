import { describe, expect, it } from 'vitest';
import { createPlaza } from '../../media/synthetic/plaza';
import type { PatchMap } from '../../normality/patch-memory';
import type { Found } from '../detector';
import { HybridExtractor } from './extractor';

const plaza = createPlaza({ width: 128, height: 72, fps: 10 });
const frameAt = (index: number) => plaza.frameAt(index).frame;
const patches: PatchMap = { width: 1, height: 1, values: new Int8Array(48) };

/** A finder that is not waited for and answers when it is told to. */
function lateFinder() {
  const answers: ((found: Found) => void)[] = [];
  const finder = {
    embeddingSize: 4,
    wait: false,
    find: () => new Promise<Found>((resolve) => answers.push(resolve)),
    dispose() {},
  };
  return { finder, answers };
}

/** Everything that was waiting for an answer has had its turn. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('what the picture looks like', () => {
  it('comes with the frame after the answer, once', async () => {
    const { finder, answers } = lateFinder();
    const extractor = new HybridExtractor(finder);
    expect((await extractor.step(frameAt(0))).patches).toBeNull();
    answers[0]({ objects: [], patches });
    await settled();
    expect((await extractor.step(frameAt(1))).patches).toBe(patches);
    expect((await extractor.step(frameAt(2))).patches).toBeNull();
  });

  it('of a clip that is over is dropped', async () => {
    const { finder, answers } = lateFinder();
    const extractor = new HybridExtractor(finder);
    await extractor.step(frameAt(0));
    extractor.reset();
    answers[0]({ objects: [], patches });
    await settled();
    expect((await extractor.step(frameAt(1))).patches).toBeNull();
  });
});

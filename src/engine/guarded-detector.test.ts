import { describe, expect, it } from 'vitest';
import { type ViewChange, viewChange } from '../datasets/view-changes';
import type { Detector, LearnedScene } from '../detectors/detector';
import { createPlaza } from '../media/synthetic/plaza';
import { ViewLearner } from '../vision/scene-view';
import { createGuardedDetector } from './guarded-detector';

const FPS = 10;
const plaza = createPlaza({ seed: 5, fps: FPS, width: 320, height: 180, anomalies: 'none' });
const frames = (fromS: number, toS: number) =>
  Array.from({ length: (toS - fromS) * FPS }, (_, index) => plaza.frameAt(fromS * FPS + index).frame);
const learned = frames(0, 12);
const watched = frames(12, 24);

/** What a detector is told when the picture is changed from the 15th to the 20th second of the plaza, of which 12 were learned. */
async function resetsAround(change: ViewChange | null): Promise<(string | undefined)[]> {
  const look = new ViewLearner();
  for (const frame of learned) look.add(frame);
  const resets: (string | undefined)[] = [];
  const evidence = { width: 1, height: 1, values: new Float32Array(1) };
  const judgement = { raw: 0, returnPeriodS: 1, score: 0, extrapolated: false, reasons: [], objects: [], motion: 0 };
  const detector: Partial<Detector> = {
    scene: { view: look.view() } as LearnedScene,
    step: async ({ timeS }) => ({ timeS, evidence, ...judgement }),
    reset: (after) => void resets.push(after),
  };
  const guarded = createGuardedDetector(detector as Detector);
  const changed = change && viewChange(change, 15, 1);
  for (const frame of watched) await guarded.step(changed && frame.timeS < 20 ? changed(frame) : frame);
  return resets;
}

describe('createGuardedDetector', () => {
  it('begins anew under another light, and again when it is as before', async () => {
    expect(await resetsAround('light switch')).toEqual(['light', 'light']);
  });

  it('begins anew after a hand was before the lens, which is no other light', async () => {
    expect(await resetsAround('covered')).toEqual(['gap']);
  });

  it('leaves the detector alone while nothing happens to the picture', async () => {
    expect(await resetsAround(null)).toEqual([]);
  });
});

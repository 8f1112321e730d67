/** Changes of the whole picture, planted in the synthetic plaza: each is called what it is, and normal life nothing. */
import { beforeAll, describe, expect, it } from 'vitest';
import { viewChange } from '../src/datasets/view-changes';
import type { Frame } from '../src/media/frame';
import { createPlaza } from '../src/media/synthetic/plaza';
import { SceneGuard } from '../src/vision/scene-guard';
import { type SceneView, ViewLearner } from '../src/vision/scene-view';
import { changesToPlant, guardTrial, stretchOf } from './guard-trial';

const FPS = 5;
const size = { width: 160, height: 96, fps: FPS };
const LEARN_S = 24;
const TRIAL_S = 12;

/** Stretches of the plaza's life to plant in: drawn once, since drawing costs more than guarding. */
let view: SceneView;
let stretches: Frame[][];

function stretch(fromS: number, lengthS: number): Frame[] {
  const plaza = createPlaza({ ...size, seed: 3, startS: fromS });
  return Array.from({ length: lengthS * FPS }, (_, index) => plaza.frameAt(index).frame);
}

beforeAll(() => {
  const learner = new ViewLearner();
  for (const frame of stretch(0, LEARN_S)) learner.add(frame);
  view = learner.view() as SceneView;
  stretches = [100, 200].map((fromS) => stretch(fromS, TRIAL_S));
});

describe('scene guard', () => {
  it.each(changesToPlant)('%s is called what it is in at least 9 of 10 seeds', (kind) => {
    const outcomes = [];
    for (let seed = 0; seed < 10; seed++)
      outcomes.push(guardTrial(stretchOf(stretches[seed % 2], view)!, view, { kind, seed }));
    const wrong = outcomes.filter(({ right }) => !right);
    expect(wrong.length, JSON.stringify(wrong)).toBeLessThanOrEqual(1);
  });

  it('is not credited with what the footage does by itself', () => {
    const [frames] = stretches;
    const dimmed = (fromS: number) => frames.map(viewChange('light switch', fromS, 1));
    expect(stretchOf(dimmed(7), view)?.atS).toBe(4);
    const late = stretchOf(dimmed(5), view)!;
    expect(late.atS).toBeGreaterThan(5);
    const unseen = { ...late, own: late.own.map(() => 'light' as const) };
    expect(guardTrial(unseen, view, { kind: 'light switch', seed: 2 }).right).toBe(false);
  });

  it('calls normal life clear throughout, with a learned view and with a first look', () => {
    for (const guard of [new SceneGuard(view), new SceneGuard(null)]) {
      const states = new Set(stretches.flatMap((frames) => frames.map((frame) => guard.step(frame))));
      expect([...states]).toEqual(['clear']);
    }
  });

  it('counts no time in which nobody watched', () => {
    const guard = new SceneGuard(view);
    const [frames] = stretches;
    /** A third of a picture aside: farther than the scene is looked for. */
    const aside = ({ data, width }: Frame) => data.map((_, at) => data[(at + 4 * Math.round(width / 3)) % data.length]);
    const hidden = (timeS: number) =>
      guard.step({ ...frames[0], timeS, data: aside(frames[Math.round(timeS * FPS) % frames.length]) });
    for (let timeS = 0; timeS < 3; timeS += 1 / FPS) hidden(timeS);
    guard.reset();
    expect(hidden(60)).toBe('settling');
    for (let timeS = 60; timeS < 67; timeS += 1 / FPS) hidden(timeS);
    expect(hidden(67)).toBe('moved');
  });

  it('comes back to clear when the hand is taken away, and to the old view when the camera is turned back', async () => {
    const guard = new SceneGuard(view);
    const [frames] = stretches;
    const at = (index: number, data = frames[index].data) => ({
      ...frames[index % frames.length],
      timeS: index / FPS,
      data,
    });
    const dark = new Uint8ClampedArray(frames[0].data.length).fill(8);
    const covered = Array.from({ length: 15 }, (_, index) =>
      guard.step(
        at(
          index,
          dark.map((level, cell) => level + ((cell * 7 + index * 13) % 3)),
        ),
      ),
    );
    expect(covered.at(-1)).toBe('covered');
    const after = Array.from({ length: 15 }, (_, index) => guard.step(at(index + 15)));
    expect(after[0]).toBe('settling');
    expect(after.at(-1)).toBe('clear');
  });
});

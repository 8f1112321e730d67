/** One trial of the scene guard: a change of the whole picture planted into footage, and what the guard makes of it. */
import { VIEW_CHANGES, type ViewChange, viewChange } from '../src/datasets/view-changes';
import type { Frame } from '../src/media/frame';
import { SceneGuard } from '../src/vision/scene-guard';
import type { SceneView } from '../src/vision/scene-view';
import type { ViewState } from '../src/vision/view-state';

/** What each change should be called. */
const expectedState: Record<ViewChange, ViewState> = {
  'light switch': 'light',
  fade: 'light',
  'exposure jump': 'light',
  bump: 'moved',
  covered: 'covered',
  blurred: 'blurred',
  frozen: 'frozen',
};

export const changesToPlant = VIEW_CHANGES;

/** The guard says nothing of these: all is well, or it is not sure yet. */
const isNeutral = (state: ViewState) => state === 'clear' || state === 'settling';

/** A stretch of footage to plant in, and what it is called unchanged. */
export interface Stretch {
  frames: readonly Frame[];
  /** Per frame. The footage's own light may change: exposure follows white cars. */
  own: ViewState[];
  /** When to plant, in seconds. */
  atS: number;
}

/** A change is planted so long into a stretch at the earliest and at the latest, in seconds. */
const PLANTED_S = { from: 4, to: 8 };
/** Around the change the unchanged footage is called nothing, from so long before to so long after it, in seconds. */
const CALM_S = { before: 0.5, after: 2.5 };

/** The stretch with the first calm moment in it; null where its own light or camera never rests. */
export function stretchOf(frames: readonly Frame[], view: SceneView): Stretch | null {
  const guard = new SceneGuard(view);
  const own = frames.map((frame) => guard.step(frame));
  const restless = frames.filter((_, index) => !isNeutral(own[index])).map(({ timeS }) => timeS);
  const isCalm = (atS: number) => !restless.some((timeS) => timeS > atS - CALM_S.before && timeS < atS + CALM_S.after);
  const moment = frames.find(({ timeS }) => timeS >= PLANTED_S.from && timeS <= PLANTED_S.to && isCalm(timeS));
  return moment ? { frames, own, atS: moment.timeS } : null;
}

export interface TrialOutcome {
  kind: ViewChange;
  seed: number;
  /** Everything it was called, in order, before and after the change. */
  before: ViewState[];
  after: ViewState[];
  /** Called what it is where the unchanged footage is not, and nothing that the unchanged footage is not called somewhere. */
  right: boolean;
  /** From the change to the right name, in seconds; null where it was never given. */
  delayS: number | null;
}

export function guardTrial(
  { frames, own, atS }: Stretch,
  view: SceneView,
  { kind, seed }: { kind: ViewChange; seed: number },
): TrialOutcome {
  const guard = new SceneGuard(view);
  const change = viewChange(kind, atS, seed);
  const expected = expectedState[kind];
  const before: ViewState[] = [];
  const after: ViewState[] = [];
  let delayS: number | null = null;
  for (const [index, frame] of frames.entries()) {
    const state = guard.step(change(frame));
    const said = frame.timeS < atS ? before : after;
    if (!isNeutral(state) && said.at(-1) !== state) said.push(state);
    if (state === expected && own[index] !== expected && frame.timeS >= atS) delayS ??= frame.timeS - atS;
  }
  // A light that goes out may well be called night.
  const fits = (state: ViewState) =>
    state === expected || (expected === 'light' && state === 'night') || own.includes(state);
  return { kind, seed, before, after, right: delayS !== null && [...before, ...after].every(fits), delayS };
}

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

export interface TrialOutcome {
  kind: ViewChange;
  seed: number;
  /** Everything it was called, in order, before and after the change. */
  before: ViewState[];
  after: ViewState[];
  /** Called what it is, nothing else, and nothing before. */
  right: boolean;
  /** From the change to the right name, in seconds; null where it was never given. */
  delayS: number | null;
}

/** `frames` in order; the change is planted `atS` and judged until the end. */
export function guardTrial(
  frames: Iterable<Frame>,
  view: SceneView,
  { kind, seed, atS }: { kind: ViewChange; seed: number; atS: number },
): TrialOutcome {
  const guard = new SceneGuard(view);
  const change = viewChange(kind, atS, seed);
  const before: ViewState[] = [];
  const after: ViewState[] = [];
  let delayS: number | null = null;
  for (const frame of frames) {
    const state = guard.step(change(frame));
    const said = frame.timeS < atS ? before : after;
    if (!isNeutral(state) && said.at(-1) !== state) said.push(state);
    if (state === expectedState[kind] && frame.timeS >= atS) delayS ??= frame.timeS - atS;
  }
  const light = expectedState[kind] === 'light';
  // A light that goes out may well be called night.
  const named = after.filter((state) => !(light && state === 'night'));
  const right = before.length === 0 && named.length > 0 && named.every((state) => state === expectedState[kind]);
  return { kind, seed, before, after, right, delayS };
}

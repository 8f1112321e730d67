/** A detector beside the scene guard: each frame is judged, and it is said whether it could be. */
import type { Moment } from '../alerts/moment';
import type { Detector, EvidenceMap, Observation } from '../detectors/detector';
import { clippedBox } from '../lib/box';
import type { Frame } from '../media/frame';
import { SceneGuard } from '../vision/scene-guard';
import { isJudged, type ViewState } from '../vision/view-state';

/** One frame, judged. */
export interface Judgement {
  observation: Observation;
  /** The observation without its maps, with the place (in pixels of the frame) of its evidence and the state of the picture. */
  moment: Moment;
}

/** Another light, or one that came and went before it was known what had changed. */
const isOfLight = (view: ViewState) => view === 'settling' || view === 'light';

/** The detector's scene must be set; its view, where it has one, is what the guard compares with. */
export function createGuardedDetector(detector: Detector) {
  const guard = new SceneGuard(detector.scene?.view ?? null);
  let view: ViewState = 'clear';
  /** Since the picture could last be judged, nothing but its light has changed. */
  let onlyLight = true;
  return {
    async step(frame: Frame): Promise<Judgement> {
      const before = view;
      view = guard.step(frame);
      // What was taken in while the picture could not be judged is no past of this one.
      if (isJudged(view) && !isJudged(before)) detector.reset(onlyLight ? 'light' : 'gap');
      onlyLight = isJudged(view) || (onlyLight && isOfLight(view));
      const observation = await detector.step(frame);
      return { observation, moment: momentOf(observation, frame, view) };
    },
    /** Nobody watched for a while: nothing is followed across. */
    reset() {
      detector.reset('gap');
      guard.reset();
    },
  };
}

export type GuardedDetector = ReturnType<typeof createGuardedDetector>;

function momentOf(
  { evidence, motion: _motion, attention: _attention, ...moment }: Observation,
  frame: Frame,
  view: ViewState,
): Moment {
  const place = strongestPlace(evidence, frame);
  // What is followed between two looks at the picture may have left it in part.
  const objects = moment.objects.map((object) => ({ ...object, ...clippedBox(object, frame.width, frame.height) }));
  return { ...moment, objects, ...(place && { place }), ...(view !== 'clear' && { view }) };
}

/** Centre of the cell with the most evidence; null where there is none at all. */
function strongestPlace({ width, height, values }: EvidenceMap, frame: Frame) {
  let strongest = 0;
  for (let cell = 1; cell < values.length; cell++) if (values[cell] > values[strongest]) strongest = cell;
  if (!(values[strongest] > 0)) return null;
  const column = strongest % width;
  const row = (strongest - column) / width;
  return { x: ((column + 0.5) * frame.width) / width, y: ((row + 0.5) * frame.height) / height };
}

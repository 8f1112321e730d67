/**
 * Watches the picture as a whole: what light, hands, bumps and broken streams do to it is told apart from what happens in it.
 *
 *   clear ──changed as a whole──► settling ──known for its time──► light, moved, covered, blurred, frozen, night
 *     ▲                             │ as before                         │ clear again for a second
 *     └─────────────────────────────┴──────────── settling ◄────────────┘
 */
import type { Frame } from '../media/frame';
import { LightLevel } from './light-level';
import { bestShift, coarsePicture, smallPicture } from './picture-structure';
import type { Plane } from './plane';
import { type KnownView, knownView, meanDifference, measure, type SceneView, ViewLearner } from './scene-view';
import type { ViewState } from './view-state';

/** How long a state must show before it is believed, in seconds; meanwhile the picture is settling. */
const BELIEVED_S: Record<ViewState, number> = {
  clear: 1,
  settling: 0,
  light: 0.5,
  moved: 1.5,
  covered: 1,
  blurred: 1.5,
  frozen: 0,
  night: 1,
};
/** Something that hides the scene for longer than this without being recognised counts as another view. */
const UNKNOWN_S = 6;
/** Agreement with the learned view, as a share of the usual one, down to which the scene is in its place. */
const IN_PLACE = 0.6;
/** The same on the coarse grid, for where the fine one wavers though nothing has moved. */
const COARSELY_IN_PLACE = 0.75;
/** Where passers-by fill the picture the usual agreement is taken to be at most so many times the least that was seen while learning. */
const ROOM = 1.45;
/** A shift must raise the agreement by this share, to at least this one. */
const GAIN = 0.2;
const FOUND_AGAIN = 0.5;
/** Shifts up to so many cells are the sway of a mast or a slow slip, and nothing to learn a scene again for. */
const SWAY = 2.5;
/** Edge strength, as a share of the usual one, below which there is nothing to be seen. */
const NOTHING = 0.2;
/** Fine detail per strength, as a share of the usual one, below which the picture is out of focus. */
const SOFT = 0.5;
/** A scene with fewer edges than this cannot be told from another. */
const FEWEST_CELLS = 60;
/** A picture that does not change for so many seconds, or this many times longer than it ever did, is frozen. */
const FROZEN_S = 3;
const FROZEN_TIMES = 3;
/** Differences below this share of the sensor's usual noise are no change. */
const NOISE_SHARE = 0.2;
/** Median luma, and as a share of the learned one, below which it is night. */
const NIGHT_LUMA = 55;
const NIGHT_SHARE = 0.5;
/** A scene without a learned view takes what it sees in so many seconds for it. */
const FIRST_LOOK_S = 3;

/** Streaming; one per watched source. `view` is null for scenes learned without one. */
export class SceneGuard {
  private known: KnownView | null;
  private readonly firstLook = new ViewLearner();
  private firstS: number | null = null;
  private readonly light = new LightLevel();
  private last: Plane | null = null;
  private changedS = Number.NEGATIVE_INFINITY;
  private state: ViewState = 'clear';
  /** What the newest pictures look like, and since when. */
  private seen: ViewState = 'clear';
  private sinceS = Number.NEGATIVE_INFINITY;
  /** Since when the scene has not been seen in its place, whatever hides it. */
  private awaySinceS: number | null = null;

  constructor(view: SceneView | null) {
    // Scenes learned by an earlier version kept another kind of view.
    this.known = view?.median ? knownView(view) : null;
  }

  /** The state of the picture at this frame; frames come in order of time. */
  step(frame: Frame): ViewState {
    const picture = smallPicture(frame);
    const frozen = this.isFrozen(frame.timeS, picture);
    const lit = this.light.step(frame.timeS, coarsePicture(picture));
    if (!this.known || this.known.median.length !== picture.values.length) return this.look(frame);
    const looks = this.classify(picture, this.known, lit);
    // Before a covered lens hardly anything changes either.
    const seen = frozen && looks !== 'covered' ? 'frozen' : looks;
    // What hides the scene says nothing about its light.
    if (seen !== 'clear' && seen !== 'light' && seen !== 'night') this.light.reset();
    if (!isAway(seen)) this.awaySinceS = null;
    else this.awaySinceS ??= frame.timeS;
    if (seen !== this.seen) {
      this.seen = seen;
      this.sinceS = frame.timeS;
    }
    this.state = this.believed(frame.timeS);
    return this.state;
  }

  /** Nobody watched for a while: what came before says nothing about now. */
  reset() {
    this.last = null;
    this.light.reset();
    this.awaySinceS = null;
    this.seen = 'clear';
    this.state = 'clear';
    this.sinceS = Number.NEGATIVE_INFINITY;
  }

  private believed(timeS: number): ViewState {
    const { seen, state, awaySinceS } = this;
    const isUnknown = awaySinceS !== null && timeS - awaySinceS >= UNKNOWN_S;
    if (isUnknown || (isAway(seen) && state === 'moved')) return 'moved';
    return seen === state || timeS - this.sinceS >= BELIEVED_S[seen] ? seen : 'settling';
  }

  private look(frame: Frame): ViewState {
    this.firstS ??= frame.timeS;
    this.firstLook.add(frame);
    const view = frame.timeS - this.firstS >= FIRST_LOOK_S ? this.firstLook.view() : null;
    if (view) this.known = knownView(view);
    return 'clear';
  }

  private isFrozen(timeS: number, picture: Plane): boolean {
    const still = this.last?.values.length === picture.values.length && this.isSame(this.last, picture);
    if (!still) this.changedS = timeS;
    this.last = picture;
    return timeS - this.changedS >= Math.max(FROZEN_S, FROZEN_TIMES * (this.known?.longestStillS ?? 0));
  }

  private isSame(before: Plane, picture: Plane): boolean {
    return meanDifference(before, picture) <= NOISE_SHARE * (this.known?.noise ?? 0);
  }

  private classify(picture: Plane, known: KnownView, lit: boolean): ViewState {
    if (known.cells.length < FEWEST_CELLS) return 'clear';
    const now = measure(picture, known);
    const inPlace = now.agreement / Math.min(known.agreement, ROOM * known.leastAgreement);
    const coarselyInPlace = now.coarseAgreement / Math.min(known.coarseAgreement, ROOM * known.leastCoarseAgreement);
    const strength = now.strength / known.strength;
    if (strength < NOTHING && coarselyInPlace < IN_PLACE) return 'covered';
    // Where the scene has moved away its old places look soft too.
    if (inPlace < IN_PLACE && isElsewhere(known, now)) return 'moved';
    if (coarselyInPlace >= IN_PLACE && now.sharpness / known.sharpness < SOFT) return 'blurred';
    if (inPlace < IN_PLACE && coarselyInPlace < COARSELY_IN_PLACE) return 'settling';
    return lit ? 'light' : isNight(picture, known) ? 'night' : 'clear';
  }
}

/** The scene is elsewhere, or something hides it. */
const isAway = (seen: ViewState) => seen === 'moved' || seen === 'settling';

/** Whether the scene agrees far better a few cells away. */
function isElsewhere(known: KnownView, now: ReturnType<typeof measure>): boolean {
  const { dx, dy, agreement } = bestShift(known, now);
  if (Math.hypot(dx, dy) < SWAY) return false;
  return agreement >= FOUND_AGAIN * known.agreement && agreement - now.agreement >= GAIN * known.agreement;
}

function isNight({ values }: Plane, { median: usual }: KnownView): boolean {
  const luma = median(values);
  return luma < NIGHT_LUMA && luma < NIGHT_SHARE * median(usual);
}

const median = (values: ArrayLike<number>) => Float32Array.from(values).sort()[values.length >> 1];

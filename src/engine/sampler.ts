/** Adaptive temporal sampling: which frames are worth analysing, dense where something happens, never blind. */
import type { Frame } from '../media/frame';

/** Bounds of the interval between analysed frames, in seconds. */
export interface SamplerBounds {
  /** While something happens. */
  denseS: number;
  /** While nothing does. */
  sparseS: number;
  /** Whether the time one analysis takes lengthens the interval: true where frames cannot wait. */
  followsDevice: boolean;
}

/** Cameras: 12 or more frames per second when something happens, one per second when nothing does. */
export const liveBounds: SamplerBounds = { denseS: 0.08, sparseS: 1, followsDevice: true };
/** Recordings can wait, so results come first: about 11 frames per second, at least 6. */
export const pulledBounds: SamplerBounds = { denseS: 0.09, sparseS: 0.16, followsDevice: false };

/** What the last analysed frame said. */
export interface Activity {
  /** Share of the picture that moves, 0…1. */
  motion: number;
  /** Calibrated score, 0…1. */
  score: number;
  /** Seconds the analysis took. */
  workS: number;
}

/** Share of the picture that must move for full density. */
const FULL_MOTION = 0.01;
/** Score at which the sampling is dense whatever moves: about once in five minutes. */
const FULL_SCORE = 0.5;
/** Seconds over which density fades once nothing happens any more. */
const RELEASE_S = 2;
/** Part of the time that analysis may take; the rest belongs to the page. */
const DUTY = 0.85;

export interface AdaptiveSampler {
  /** Present interval between analysed frames, in seconds. */
  readonly intervalS: number;
  /** Whether this frame should be analysed: its time has come, or a glance at it shows a change. */
  wants(frame: Frame): boolean;
  /** Tell how the analysis of the frame wanted last went. */
  report(activity: Activity): void;
}

/**
 * The interval is dense·(sparse/dense)^(1−a): a jumps to 1 with motion or score and fades over two seconds. Of the frames
 * that come, the one nearest to the interval's end is taken. A skipped frame still gets a glance: where it differs from
 * the frame analysed last, it is analysed at once, no earlier than the dense interval allows.
 */
export function createSampler(bounds: SamplerBounds): AdaptiveSampler {
  let activity = 1;
  let workS = 0;
  let lastS = Number.NEGATIVE_INFINITY;
  let seenS = Number.NEGATIVE_INFINITY;
  let frameGapS = 0;
  let reportedS = Number.NEGATIVE_INFINITY;
  const glance = createGlance();

  const denseS = () => (bounds.followsDevice ? Math.max(bounds.denseS, workS / DUTY) : bounds.denseS);
  const intervalS = () => {
    const dense = Math.min(denseS(), bounds.sparseS);
    return Math.max(denseS(), dense * (bounds.sparseS / dense) ** (1 - activity));
  };

  return {
    get intervalS() {
      return intervalS();
    },
    wants(frame) {
      const gapS = frame.timeS - seenS;
      seenS = frame.timeS;
      if (gapS > 0 && gapS < 1) frameGapS = frameGapS === 0 ? gapS : frameGapS + 0.2 * (gapS - frameGapS);
      const sinceS = frame.timeS - lastS;
      const due = (interval: number) => sinceS >= interval - Math.min(frameGapS, interval) / 2 - 1e-6;
      if (!due(intervalS()) && !(due(denseS()) && glance.differs(frame))) return false;
      lastS = frame.timeS;
      glance.keep(frame);
      return true;
    },
    report({ motion, score, workS: took }) {
      workS = workS === 0 ? took : workS + 0.2 * (took - workS);
      const now = Math.min(1, Math.max(motion / FULL_MOTION, score / FULL_SCORE));
      const passedS = Number.isFinite(reportedS) ? Math.max(0, lastS - reportedS) : 0;
      reportedS = lastS;
      activity = Math.max(now, activity * Math.exp(-passedS / RELEASE_S));
    },
  };
}

/** Side of the grid of pixels a glance looks at. */
const GLANCE_STEP = 8;
/** A pixel has changed when its green differs by more than this, beyond the change of the whole picture. */
const GLANCE_DIFFERENCE = 24;
/** Share of the looked-at pixels that must have changed. */
const GLANCE_SHARE = 0.004;

/** Compares every 8th pixel of every 8th row with the frame kept; a change of the light alone does not count. */
function createGlance() {
  let kept = new Int16Array(0);
  const look = ({ width, height, data }: Frame) => {
    const values = new Int16Array(Math.ceil(width / GLANCE_STEP) * Math.ceil(height / GLANCE_STEP));
    let count = 0;
    for (let y = 0; y < height; y += GLANCE_STEP) {
      for (let x = 0; x < width; x += GLANCE_STEP) values[count++] = data[(y * width + x) * 4 + 1];
    }
    return values;
  };
  return {
    keep(frame: Frame) {
      kept = look(frame);
    },
    differs(frame: Frame): boolean {
      const values = look(frame);
      if (values.length !== kept.length) return true;
      let shift = 0;
      for (let index = 0; index < values.length; index++) shift += values[index] - kept[index];
      shift /= values.length;
      let changed = 0;
      for (let index = 0; index < values.length; index++) {
        if (Math.abs(values[index] - kept[index] - shift) > GLANCE_DIFFERENCE) changed++;
      }
      return changed > values.length * GLANCE_SHARE;
    },
  };
}

/** Footage to learn a scene from: how much is enough, and how it is cut so that parts of it take turns in being left out. */
import { LearningError } from './detector';

const SHORTEST_S = 5;
const FEWEST_FRAMES = 40;
/** A clip is cut so that no part holds more than one in so many frames of all. */
const PARTS = 4;
/** Parts take turns, unless one of the two folds would have less than this share of the frames. */
const LEAST_FOLD = 1 / 3;

/** Learning footage in parts, each in order of time, and its length. */
export interface LearningFootage<Frame> {
  parts: (readonly Frame[])[];
  /** Of each part, which of the two folds it is in. */
  folds: (0 | 1)[];
  frames: Frame[];
  durationS: number;
}

/** Clips as parts, long ones cut up. Throws LearningError where they are too short to learn from. */
export function learningFootage<Frame extends { timeS: number }>(
  clips: readonly (readonly Frame[])[],
): LearningFootage<Frame> {
  const parts = partsOf(clips.filter((clip) => clip.length > 0));
  const frames = parts.flat();
  const durationS = clips.reduce((sum, clip) => sum + clipLength(clip), 0);
  if (frames.length < FEWEST_FRAMES || durationS < SHORTEST_S) {
    throw new LearningError(
      `Too little footage to learn from: ${durationS.toFixed(1)} seconds (${frames.length} frames); at least ${SHORTEST_S} seconds and ${FEWEST_FRAMES} frames are needed. Learn for longer or choose a longer range.`,
    );
  }
  return { parts, folds: foldsOf(parts.map(({ length }) => length)), frames, durationS };
}

/** Footage in which hardly anything moves; `seen` says what there was, in numbers. */
export const hardlyAnythingMoved = (seen: string): LearningError =>
  new LearningError(
    `Hardly anything moved while learning (${seen}), so there is nothing to call normal yet. Learn again while the usual things happen in the picture.`,
  );

function partsOf<Frame>(clips: (readonly Frame[])[]): (readonly Frame[])[] {
  const most = clips.reduce((sum, clip) => sum + clip.length, 0) / PARTS;
  return clips.flatMap((clip) => {
    if (clip.length <= most) return [clip];
    const pieces = Math.ceil(clip.length / most);
    const length = Math.ceil(clip.length / pieces);
    return Array.from({ length: pieces }, (_, i) => clip.slice(i * length, (i + 1) * length)).filter(
      (part) => part.length > 1,
    );
  });
}

function foldsOf(lengths: readonly number[]): (0 | 1)[] {
  const turns = lengths.map((_, part): 0 | 1 => (part % 2 === 0 ? 0 : 1));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const first = lengths.reduce((sum, length, part) => (turns[part] === 0 ? sum + length : sum), 0);
  if (Math.min(first, total - first) >= LEAST_FOLD * total) return turns;
  const filled = [0, 0];
  return lengths.map((length) => {
    const fold = filled[0] <= filled[1] ? 0 : 1;
    filled[fold] += length;
    return fold;
  });
}

/** In seconds, the last frame's own interval included. */
function clipLength(clip: readonly { timeS: number }[]): number {
  if (clip.length < 2) return 0;
  return ((clip[clip.length - 1].timeS - clip[0].timeS) * clip.length) / (clip.length - 1);
}

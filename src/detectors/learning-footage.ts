/** Footage to learn a scene from: how much is enough, and how it is cut so that parts of it take turns in being left out. */
import { LearningError } from './detector';

const SHORTEST_S = 5;
const FEWEST_FRAMES = 40;
/** One long clip is cut into so many parts. */
const PARTS = 4;

/** Learning footage in parts, each in order of time, and its length. */
export interface LearningFootage<Frame> {
  parts: (readonly Frame[])[];
  frames: Frame[];
  durationS: number;
}

/** Clips as parts where there are several, else the one clip cut up. Throws LearningError where they are too short to learn from. */
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
  return { parts, frames, durationS };
}

/** Footage in which hardly anything moves; `seen` says what there was, in numbers. */
export const hardlyAnythingMoved = (seen: string): LearningError =>
  new LearningError(
    `Hardly anything moved while learning (${seen}), so there is nothing to call normal yet. Learn again while the usual things happen in the picture.`,
  );

function partsOf<Frame>(clips: (readonly Frame[])[]): (readonly Frame[])[] {
  if (clips.length > 1) return clips;
  return clips.flatMap((clip) => {
    const length = Math.ceil(clip.length / PARTS);
    return Array.from({ length: PARTS }, (_, i) => clip.slice(i * length, (i + 1) * length)).filter(
      (part) => part.length > 1,
    );
  });
}

/** In seconds, the last frame's own interval included. */
function clipLength(clip: readonly { timeS: number }[]): number {
  if (clip.length < 2) return 0;
  return ((clip[clip.length - 1].timeS - clip[0].timeS) * clip.length) / (clip.length - 1);
}

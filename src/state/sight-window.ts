/** Evidence maps around the moment on screen, loaded ahead so that the player can look them up frame by frame. */
import type { Sight } from '../storage/evidence-track';
import type { ObservedFrame } from '../worker/protocol';

/** Maps are loaded so far around the moment asked for, in seconds. */
const REACH_S = 60;
/** Farther from the asked moment than this, a map says nothing about it, in seconds. */
const NEAR_S = 1.5;

export interface SightWindow {
  /** What was seen at about this moment; null where nothing is known, or not yet: then it is on its way. */
  at(timeS: number): ObservedFrame | null;
}

/** `load` reads what was seen between two moments; what it cannot read is taken as not there. */
export function createSightWindow(load: (fromS: number, toS: number) => Promise<Sight[]>): SightWindow {
  let frames: ObservedFrame[] = [];
  let covered: [number, number] | null = null;
  let loading = false;

  async function fetch(timeS: number): Promise<void> {
    loading = true;
    const span: [number, number] = [timeS - REACH_S, timeS + REACH_S];
    const sights = await load(...span).catch(() => []);
    frames = sights.map(frameOfSight);
    covered = span;
    loading = false;
  }

  return {
    at(timeS) {
      const inside = covered && timeS >= covered[0] + NEAR_S && timeS <= covered[1] - NEAR_S;
      if (!inside && !loading) void fetch(timeS);
      return nearestFrame(frames, timeS);
    },
  };
}

/** The frame nearest to a moment; null where none is near enough to speak for it. */
export function nearestFrame(frames: readonly ObservedFrame[], timeS: number): ObservedFrame | null {
  let nearest: ObservedFrame | null = null;
  for (const frame of frames)
    if (!nearest || Math.abs(frame.moment.timeS - timeS) < Math.abs(nearest.moment.timeS - timeS)) nearest = frame;
  return nearest && Math.abs(nearest.moment.timeS - timeS) <= NEAR_S ? nearest : null;
}

/** What was seen, as the stage draws it. */
export const frameOfSight = ({ moment, evidence }: Sight): ObservedFrame => ({
  ...{ moment, evidence, attention: null },
  intervalMs: 0,
  picture: null,
});

/** Clips of fights with their features and moments, from a folder. */
import { clipMoments } from '../src/detectors/fights/moments';
import { fightDetector } from './fight-features';
import type { JudgedClip } from './fight-training';
import type { ExtractedFight, FightExtraction, FightJob } from './fights.worker';
import { type FightClip, fightClips } from './fights-dataset';
import { progressBar } from './progress-bar';
import { runJobs } from './worker-pool';

const WORKER = new URL('./fights.worker.ts', import.meta.url);

export interface FightLoadingOptions {
  data: string;
  detector: string;
  /** A folder where features are kept. */
  cache: string | undefined;
  threads: number;
}

export interface LoadedClip extends JudgedClip {
  /** Of the trivial scorer. */
  energy: number;
  extraction: ExtractedFight;
}

/** Features of all clips of a folder; clips that cannot be read are named and left out. */
export async function loadFights({ data, detector, cache, threads }: FightLoadingOptions) {
  const { moments } = fightDetector(detector);
  const listed = await fightClips(data);
  const update = progressBar('Analysing', listed.length);
  update(0);
  const extractions = await runJobs<FightJob, FightExtraction>(
    WORKER,
    listed.map(({ path }) => ({ detector, path, cache })),
    threads,
    update,
  );
  const clips: LoadedClip[] = [];
  const skipped: string[] = [];
  const leaveOut = ({ name }: FightClip, reason: string) => {
    console.error(`Left out ${name}: ${reason}`);
    skipped.push(name);
  };
  for (const [index, clip] of listed.entries()) {
    const extraction = extractions[index];
    if ('unreadable' in extraction) {
      leaveOut(clip, extraction.unreadable);
      continue;
    }
    const [seen, mirrored] = [extraction.frames, extraction.mirrored].map((frames) => clipMoments(frames, moments));
    if (seen.length) clips.push({ ...clip, moments: seen, mirrored, energy: extraction.energy, extraction });
    else leaveOut(clip, 'it has fewer than two frames that can be analysed; give a longer clip.');
  }
  return { clips, skipped };
}

/** Throws where the folds cannot be filled. */
export function requireEnough(clips: readonly JudgedClip[], folds: number): void {
  const least = folds * 2;
  for (const [kind, label] of [
    ['fight', 1],
    ['normal', 0],
  ] as const) {
    const count = clips.filter((clip) => clip.label === label).length;
    if (count < least)
      throw new Error(
        `Only ${count} clips in ${kind} can be used; ${folds} folds need at least ${least} of each kind.`,
      );
  }
}

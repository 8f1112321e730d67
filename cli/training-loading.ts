/** Footage to train on, extracted: what each scene is learned from, what is left of it, and that with planted anomalies. */
import type { SceneSurvey } from '../src/datasets/scene-survey';
import type { EvaluationJob } from './evaluate.worker';
import type { ExtractedClip } from './extracted-clip';
import { progressBar } from './progress-bar';
import { planted, type TrainingSource, trainingSources } from './training-footage';
import type { ExtractedScene } from './training-scenes';
import { runJobs } from './worker-pool';

const WORKER = new URL('./evaluate.worker.ts', import.meta.url);
const LEAST_FRAMES = 100;

export interface LoadingOptions {
  detector: string;
  /** Planted versions of each clip. */
  versions: number;
  seed: number;
  /** A folder where what is extracted is kept. */
  cache: string;
  threads: number;
}

/** The scenes of all folders. Throws where there is too little footage in them. */
export async function loadTrainingScenes(
  folders: readonly string[],
  options: LoadingOptions,
): Promise<ExtractedScene[]> {
  const scenes: ExtractedScene[] = [];
  for (const source of await trainingSources(folders)) {
    const scene = await loadScene(source, options).catch((error) => {
      // Of many scenes one in which nothing can be planted is no reason to give up.
      if (error?.name !== 'PlantingError') throw error;
      console.error(`${source.name} is left out: ${error.message}`);
    });
    if (scene) scenes.push(scene);
  }
  const frames = scenes.flatMap(({ rest }) => rest).reduce((sum, clip) => sum + clip.frames.length, 0);
  if (frames < LEAST_FRAMES)
    throw new Error(
      `Too little footage to train on: ${frames} frames are left besides those each scene is learned from; at least ${LEAST_FRAMES} are needed. Give more or longer videos.`,
    );
  return scenes;
}

async function loadScene(
  { name, folder, normal, rest }: TrainingSource,
  { detector, versions, seed, cache, threads }: LoadingOptions,
): Promise<ExtractedScene> {
  const jobs = <Result>(list: EvaluationJob[], update?: (done: number) => void) =>
    runJobs<EvaluationJob, Result>(WORKER, list, threads, update);
  const [survey] = await jobs<SceneSurvey>([{ kind: 'survey', clips: normal }]);
  const clips = [...normal, ...rest, ...planted(rest, survey, versions, seed)];
  const extracted = await jobs<ExtractedClip>(
    clips.map((clip) => ({ kind: 'extract', detector, clip, cache })),
    progressBar(name.padEnd(32), clips.length),
  );
  return {
    name,
    folder,
    normal: extracted.slice(0, normal.length),
    rest: extracted.slice(normal.length, normal.length + rest.length),
    planted: extracted.slice(normal.length + rest.length),
  };
}

/** One thread of an evaluation: surveys scenes, extracts features, scores clips. */
import { parentPort } from 'node:worker_threads';
import { type SceneSurvey, surveyScene } from '../src/datasets/scene-survey';
import type { LearnedScene } from '../src/detectors/detector';
import type { ClipRef } from './clip';
import { probeFootage, readFrames } from './decode';
import type { FeatureExtractor } from './evaluation-contract';
import { evaluationDetector } from './evaluation-detector';
import { cacheFile, type ExtractedClip, extractClip } from './extracted-clip';
import { scoreClip } from './scored-clip';

export type EvaluationJob =
  | { kind: 'survey'; clips: ClipRef[] }
  | { kind: 'extract'; detector: string; clip: ClipRef; cache: string | undefined }
  | { kind: 'score'; detector: string; clip: ExtractedClip; scene: LearnedScene };

const extractors = new Map<string, Promise<FeatureExtractor>>();

async function answer(job: EvaluationJob) {
  if (job.kind === 'survey') return surveyClips(job.clips);
  if (job.kind === 'score') return scoreClip(job.clip, job.detector, job.scene);
  const extractor = extractors.get(job.detector) ?? evaluationDetector(job.detector).createExtractor();
  extractors.set(job.detector, extractor);
  return extractClip(job.clip, await extractor, cacheFile(job.cache, job.detector, job.clip));
}

/** Survey several clips of one scene as if they were one, half a minute apart. */
async function surveyClips(clips: ClipRef[]): Promise<SceneSurvey> {
  const probed = await Promise.all(
    clips.map(async (clip) => ({ clip, info: await probeFootage(clip.path, { imagesFps: clip.imagesFps }) })),
  );
  const count = probed.reduce(
    (sum, { clip, info }) => sum + (clip.range.to ?? info.timesS.length) - (clip.range.from ?? 0),
    0,
  );
  return surveyScene(async function* () {
    let offsetS = 0;
    for (const { clip, info } of probed) {
      for await (const frame of readFrames(info, clip.range)) yield { ...frame, timeS: frame.timeS + offsetS };
      offsetS += info.durationS + 30;
    }
  }, count);
}

parentPort?.on('message', (job: EvaluationJob) => {
  answer(job).then(
    (result) => parentPort?.postMessage({ result }),
    (error) =>
      parentPort?.postMessage(
        error instanceof Error ? { error: error.message, name: error.name } : { error: String(error) },
      ),
  );
});

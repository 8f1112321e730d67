/**
 * npm run calibrate -- --detector stadnet|esta --data DIR,DIR… [--cache DIR] [--threads N]
 * Fits what a shipped network judges by before it has learned a scene, on the parts of the training footage that it was never run on
 * in training: give the same folders as to `npm run train`. Writes normality.json beside the weights.
 */
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { fitShippedNormality } from '../src/detectors/network-scene/shipped-normality';
import { networkSceneKinds } from '../src/detectors/registry';
import type { StreamFrame } from '../src/detectors/streams/stream-frame';
import { sceneToJson } from '../src/engine/scene-json';
import { createNetwork, normalityPath } from './detector-tools';
import type { EvaluationJob } from './evaluate.worker';
import type { ExtractedClip } from './extracted-clip';
import { wholeNumber } from './number-option';
import { progressBar } from './progress-bar';
import { trainingSources } from './training-footage';
import { runJobs } from './worker-pool';

const WORKER = new URL('./evaluate.worker.ts', import.meta.url);

const { values: args } = parseArgs({
  options: {
    detector: { type: 'string', default: '' },
    data: { type: 'string' },
    cache: { type: 'string', default: 'node_modules/.cache/oriel-streams' },
    threads: { type: 'string', default: String(availableParallelism()) },
  },
});

async function main(): Promise<void> {
  const { detector, data, cache } = args;
  const kind = networkSceneKinds[detector];
  if (!kind)
    throw new Error(
      `--detector must be one of ${Object.keys(networkSceneKinds).join(', ')}, not ${detector || 'missing'}.`,
    );
  if (!data) throw new Error('Which footage? Give the folders the network was trained on with --data DIR,DIR.');
  const sources = await trainingSources(data.split(','));
  const jobs = sources.flatMap(({ normal }) =>
    normal.map((clip): EvaluationJob => ({ kind: 'extract', detector, clip, cache })),
  );
  const clips = await runJobs<EvaluationJob, ExtractedClip>(
    WORKER,
    jobs,
    wholeNumber('threads', args.threads),
    progressBar('Footage', jobs.length),
  );
  const streams = clips.map(({ frames }) => frames.map(({ features }) => features as StreamFrame));
  const network = await createNetwork(detector);
  const normality = await fitShippedNormality(kind, streams, network);
  network.dispose();
  await writeFile(normalityPath(detector), `${sceneToJson(normality)}\n`);
  console.error(
    `Wrote ${normalityPath(detector)}: ${normality.frames} frames, ${Math.round(normality.durationS)} s, ${sources.length} scenes`,
  );
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

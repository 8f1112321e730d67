/**
 * npm run analyze -- VIDEO… (--normal FILE | --learn A..B) --out DIR [--detector hybrid] [--alerts-per-hour N] [--threads N]
 * Does for files in batch what the app does and writes the same reports: DIR/NAME.json and DIR/NAME.csv.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { reportCsv } from '../src/alerts/report';
import type { LearnedScene } from '../src/detectors/detector';
import { detectors } from '../src/detectors/registry';
import type { AnalysisJob, TimeRange, Watched } from './analyze.worker';
import { positiveNumber, wholeNumber } from './number-option';
import { progressBar } from './progress-bar';
import { runJobs } from './worker-pool';

const WORKER = new URL('./analyze.worker.ts', import.meta.url);
const USAGE = 'npm run analyze -- VIDEO… (--normal FILE | --learn A..B) --out DIR';

const { values: args, positionals: videos } = parseArgs({
  allowPositionals: true,
  options: {
    normal: { type: 'string' },
    learn: { type: 'string' },
    out: { type: 'string' },
    detector: { type: 'string', default: 'hybrid' },
    'alerts-per-hour': { type: 'string', default: '1' },
    threads: { type: 'string', default: String(availableParallelism()) },
  },
});

/** `A..B` in seconds, or minutes as 1:30..3:00. */
function timeRange(text: string): TimeRange {
  const [fromS, toS] = text
    .split('..')
    .map((part) => part.split(':').reduce((sum, number) => sum * 60 + Number(number), 0));
  if (!(fromS >= 0 && toS > fromS))
    throw new Error(`--learn must be a range in seconds like 0..60 or 1:30..3:00, not ${text}.`);
  return { fromS, toS };
}

async function normalOf(): Promise<LearnedScene | TimeRange> {
  if (args.learn) return timeRange(args.learn);
  const update = progressBar('Learning', 1);
  const job: AnalysisJob = { kind: 'learn', detector: args.detector, path: args.normal as string, range: null };
  const [scene] = await runJobs<AnalysisJob, LearnedScene>(WORKER, [job], 1, update);
  return scene;
}

/** The options that are numbers, once all have been checked. */
function checkedArguments() {
  if (!videos.length || !args.out) throw new Error(`Which videos, and where to write? ${USAGE}`);
  if (Boolean(args.normal) === Boolean(args.learn)) {
    throw new Error('Say what is normal, either with --normal FILE or with --learn A..B (seconds of each video).');
  }
  if (!detectors[args.detector])
    throw new Error(`There is no detector '${args.detector}'; choose one of ${Object.keys(detectors).join(', ')}.`);
  return {
    alertsPerHour: positiveNumber('alerts-per-hour', args['alerts-per-hour']),
    threads: wholeNumber('threads', args.threads),
  };
}

/** NAME, or NAME-2 where two videos share a name. */
function reportNames(paths: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return paths.map((path) => {
    const name = basename(path).replace(/\.\w{2,4}$/, '');
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count > 1 ? `${name}-${count}` : name;
  });
}

async function main(): Promise<void> {
  const { alertsPerHour, threads } = checkedArguments();
  const out = args.out as string;
  await mkdir(out, { recursive: true });
  const normal = await normalOf();
  const jobs = videos.map(
    (path): AnalysisJob => ({ kind: 'watch', detector: args.detector, path, alertsPerHour, normal }),
  );
  const watched = await runJobs<AnalysisJob, Watched>(WORKER, jobs, threads, progressBar('Watching', jobs.length));
  const names = reportNames(videos);
  for (const [index, result] of watched.entries()) {
    if ('problem' in result) {
      console.error(`${result.path}: ${result.problem}`);
      process.exitCode = 1;
      continue;
    }
    const file = join(out, names[index]);
    await writeFile(`${file}.json`, `${JSON.stringify(result.report, null, 1)}\n`);
    await writeFile(`${file}.csv`, reportCsv(result.report));
    console.log(`${file}.json: ${result.report.frames.length} frames analysed, ${result.report.events.length} events`);
  }
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

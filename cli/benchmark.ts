/**
 * npm run benchmark -- soak [--frames 20000] [--out FILE]
 * npm run benchmark -- demo [--minutes 10] [--from 1800] [--alerts-per-hour 1] [--scene FILE] [--out FILE]
 * npm run benchmark -- budget [--data DIR] [--cache DIR] [--minutes 10] [--from 1800] [--scene FILE] [--out FILE]
 * npm run benchmark -- streaming [--size balanced|paper] [--backend wasm|webgpu] [--out FILE]
 * npm run benchmark -- guard [--data DIR] [--seeds 10] [--alert-seeds 2] [--out FILE]
 * Measures, prints, and writes JSON, to benchmarks/results unless told.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { sceneFromJson } from '../src/engine/scene-json';
import { NETWORK_SIZES, streamingCosts } from '../src/engine/streaming-cost';
import { DEMO_SEED, DEMO_STARTS_S } from '../src/media/synthetic/demo';
import { type budgetOutcomes, footageBudget, plazaBudget } from './budget-benchmark';
import { roundOutcome, watchPlaza } from './demo-round';
import { createDetector } from './detector-tools';
import { guardBenchmark } from './guard-benchmark';
import { machine } from './machine';
import { positiveNumber } from './number-option';
import { createObjectFinder } from './object-finder';
import { progressBar } from './progress-bar';
import { runSoak } from './soak';
import { spokenCommand } from './spoken-command';
import { backendInWords, nodeBackend, startTensors } from './tensors';

const {
  values: args,
  positionals,
  tokens,
} = parseArgs({
  tokens: true,
  allowPositionals: true,
  options: {
    frames: { type: 'string', default: '20000' },
    minutes: { type: 'string', default: '10' },
    from: { type: 'string', default: '1800' },
    'alerts-per-hour': { type: 'string', default: '1' },
    data: { type: 'string' },
    cache: { type: 'string' },
    seeds: { type: 'string', default: '10' },
    'alert-seeds': { type: 'string', default: '2' },
    size: { type: 'string', default: 'balanced' },
    backend: { type: 'string', default: 'wasm' },
    scene: { type: 'string', default: 'public/models/demo-scene.json' },
    out: { type: 'string' },
  },
});

/** The soak looks at so few pixels that most of its time goes into the rest of the engine. */
const SOAK_AREA = 128 * 96;
/** All five anomalies of the demo, and the rate at which they are analysed. */
const ROUND_S = 76;
const ANALYSED_FPS = 10;

async function soak() {
  const frames = Number(args.frames);
  const result = await runSoak(
    await createObjectFinder({ inputArea: SOAK_AREA }),
    { frames },
    progressBar('Soaking', frames),
  );
  console.table(
    result.checkpoints.map(({ frames, tensors, heapBytes, externalBytes }) => ({
      frames,
      tensors,
      'heap, MB': megabytes(heapBytes),
      'external, MB': megabytes(externalBytes),
    })),
  );
  console.log(`Tensors: ${result.tensorsFlat ? 'flat' : 'NOT flat'}`);
  const growth = `${(100 * result.memoryGrowth).toFixed(2)} % from first to last checkpoint`;
  console.log(`Memory: ${result.memoryFlat ? 'flat' : 'NOT flat'} (${growth})`);
  return result;
}

/** Which minutes of normal walking are watched, and the detector that knows the plaza. */
async function plaza() {
  const minutes = Number(args.minutes);
  const fromS = Number(args.from);
  if (!(minutes > 0 && fromS >= 0 && fromS + 60 * minutes <= DEMO_STARTS_S))
    throw new RangeError(
      `Normal walking is taken from the hour before the demo: ${args.from} s + ${args.minutes} min is not inside 0…${DEMO_STARTS_S} s.`,
    );
  const scene = sceneFromJson(await readFile(args.scene, 'utf8'));
  const detector = await createDetector('hybrid');
  detector.setScene(scene);
  return { minutes, fromS, scene, detector };
}

async function budget() {
  const { data, cache } = args;
  const { minutes, fromS, detector } = await plaza();
  const places: ({ place: string } & ReturnType<typeof budgetOutcomes>)[] = [];
  if (data) {
    const threads = availableParallelism();
    let update: ((done: number) => void) | null = null;
    const onProgress = (done: number, all: number) => {
      update ??= progressBar('Analysing', all);
      update(done);
    };
    places.push({ place: basename(data), ...(await footageBudget(data, { cache, threads, onProgress })) });
  }
  const onProgress = progressBar('Plaza', 60 * minutes);
  places.push({ place: 'plaza', ...(await plazaBudget(detector, { fromS, minutes, onProgress })) });
  for (const { place, hours, outcomes } of places) {
    console.log(`${place}: ${(60 * hours).toFixed(1)} minutes of normal footage`);
    console.table(
      outcomes.map(({ promisedPerHour, alerts, realisedPerHour, interval: { low, high } }) => ({
        'promised per hour': promisedPerHour,
        alerts,
        'realised per hour': realisedPerHour.toFixed(2),
        '95 %': `${low.toFixed(2)}–${high.toFixed(2)}`,
      })),
    );
  }
  return { places };
}

async function demo() {
  const perHour = positiveNumber('alerts-per-hour', args['alerts-per-hour']);
  const { minutes, fromS, scene, detector } = await plaza();
  const watch = (label: string, durationS: number, startS: number, anomalies: 'demo' | 'none') =>
    watchPlaza(
      detector,
      { seed: DEMO_SEED, fps: ANALYSED_FPS, durationS, startS, anomalies },
      progressBar(label, durationS),
    ).then((frames) => roundOutcome(frames, perHour));
  const round = await watch('Demo', ROUND_S, DEMO_STARTS_S, 'demo');
  console.table(
    round.anomalies.map(({ kind, fromS, toS, delayS, returnPeriodS, reason }) => ({
      kind,
      'shows, s': `${fromS.toFixed(1)}–${toS.toFixed(1)}`,
      'alert after, s': delayS === null ? 'none' : delayS.toFixed(1),
      'once in, h': (returnPeriodS / 3600).toFixed(2),
      reason,
    })),
  );
  if (round.anomalies.some(({ delayS }) => delayS !== null && delayS < 0))
    console.log('Below 0: no alert of its own, one raised so long before was still open.');
  console.log(`Other alerts in the demo: ${round.others.length}`);
  const normal = await watch('Normal', 60 * minutes, fromS, 'none');
  console.log(`Alerts in ${minutes} minutes of normal walking: ${normal.others.length}`);
  if (normal.others.length) console.table(normal.others);
  const learned = { durationS: scene.durationS, frames: scene.frames };
  return { alertsPerHour: perHour, learned, round, normal: { fromS, minutes, alerts: normal.others } };
}

async function streaming() {
  const size = NETWORK_SIZES.find((known) => known === args.size);
  if (!size) throw new Error(`--size must be one of ${NETWORK_SIZES.join(', ')}, not ${args.size}.`);
  await startTensors({ backend: nodeBackend(args.backend) });
  const networks = await streamingCosts(size);
  console.table(
    networks.map(({ network, stepMs, wholeMs, timesCheaper, largestDifference }) => ({
      network,
      'a new frame, ms': stepMs.toFixed(2),
      'the clip anew, ms': wholeMs.toFixed(1),
      'times cheaper': timesCheaper.toFixed(1),
      'largest difference': largestDifference.toExponential(1),
    })),
  );
  return { networks };
}

async function guard() {
  const places = await guardBenchmark(args.data, {
    seeds: Number(args.seeds),
    alertSeeds: Number(args['alert-seeds']),
    createDetector: () => createDetector('hybrid'),
    onProgress: (line) => console.error(line),
  });
  for (const { place, kinds } of places) {
    console.log(place);
    console.table(
      kinds.map(({ kind, right, seeds, meanDelayS, alerts }) => ({
        change: kind,
        right: `${right} of ${seeds}`,
        'named after, s': meanDelayS,
        'alerts about the picture': `${alerts.view} in ${alerts.trials}`,
        'about things': alerts.unusual,
        'unchanged footage': alerts.unusualUnchanged,
      })),
    );
  }
  return { places };
}

/** Which results go into one file: of one size on one backend. */
const measuredNetworks = () =>
  ['all', args.size, args.backend].filter((word) => !['balanced', 'wasm'].includes(word)).join('-');

const megabytes = (bytes: number) => Number((bytes / 1e6).toFixed(2));

async function main(): Promise<void> {
  const [name] = positionals;
  const run = { soak, demo, budget, streaming, guard }[name];
  if (!run)
    throw new Error(
      `There is no benchmark '${name ?? ''}'; the benchmarks are soak, demo, budget, streaming and guard.`,
    );
  const started = performance.now();
  const result = {
    benchmark: name,
    detector: name === 'streaming' ? measuredNetworks() : 'hybrid',
    ...(await run()),
    seconds: Math.round((performance.now() - started) / 1000),
    machine: machine(1, name === 'streaming' ? await backendInWords(nodeBackend(args.backend)) : undefined),
    command: spokenCommand('benchmark', tokens).replace('--', `-- ${name}`),
    date: new Date().toISOString().slice(0, 10),
  };
  const file = args.out ?? `benchmarks/results/${name}-${result.detector}.json`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(result, null, 1)}\n`);
  console.log(`Wrote ${file}`);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

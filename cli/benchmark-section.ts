/** Results of `npm run benchmark` as a section of the README: a sentence or a table each. */
import type { StreamingCost } from '../src/engine/streaming-cost';
import type { budgetOutcomes } from './budget-benchmark';
import type { roundOutcome } from './demo-round';
import type { GuardResult } from './guard-benchmark';
import type { SoakResult } from './soak';

/** A file of benchmarks/results, by its benchmark. */
export type BenchmarkFile = { command: string; machine: string; date: string } & (
  | {
      benchmark: 'demo';
      alertsPerHour: number;
      round: ReturnType<typeof roundOutcome>;
      normal: { minutes: number; alerts: unknown[] };
    }
  | { benchmark: 'budget'; places: ({ place: string } & ReturnType<typeof budgetOutcomes>)[] }
  | { benchmark: 'streaming'; networks: StreamingCost[] }
  | { benchmark: 'guard'; places: GuardResult[] }
  | ({ benchmark: 'soak' } & SoakResult)
);

export function benchmarkSection(files: readonly BenchmarkFile[]): string {
  return [
    '### Alerts, the guard, cost',
    '',
    ...files.map((file) => `- ${sentences(file)} \`${file.command}\`. ${file.machine}, ${file.date}.`),
  ].join('\n');
}

function sentences(file: BenchmarkFile): string {
  switch (file.benchmark) {
    case 'demo': {
      const { anomalies, others } = file.round;
      const told = anomalies.map(({ kind, delayS }) =>
        delayS === null
          ? `${kind}: none`
          : delayS < 0
            ? `${kind}: an alert was open already`
            : `${kind} after ${delayS.toFixed(1)} s`,
      );
      const alerted = anomalies.filter(({ delayS }) => delayS !== null).length;
      return `**The demo**, at ${file.alertsPerHour} false alarm an hour: ${alerted} of ${anomalies.length} anomalies raise an alert (${told.join(', ')}), ${others.length} other alerts, and ${file.normal.alerts.length} in ${file.normal.minutes} minutes of further normal walking.`;
    }
    case 'budget': {
      const told = file.places.map(({ place, hours, outcomes }) => {
        const each = outcomes.map(
          ({ promisedPerHour, alerts, realisedPerHour, interval: { low, high } }) =>
            `${promisedPerHour} promised, ${realisedPerHour.toFixed(1)} realised (${low.toFixed(1)}–${high.toFixed(1)}; ${alerts} alerts)`,
        );
        return `${place}, ${(60 * hours).toFixed(1)} minutes: ${each.join('; ')}`;
      });
      return `**False alarms an hour**, on normal footage kept out of learning. ${told.join('. ')}.`;
    }
    case 'streaming': {
      const told = file.networks.map(
        ({ network, stepMs, wholeMs, timesCheaper }) =>
          `${network} ${timesCheaper.toFixed(0)} times less (${stepMs.toFixed(1)} ms against ${wholeMs.toFixed(0)} ms)`,
      );
      return `**A new frame** costs, against computing ${file.networks[0].frames} frames anew: ${told.join(', ')}.`;
    }
    case 'guard': {
      const told = file.places.map(({ place, kinds }) => {
        const seeds = kinds[0].seeds;
        const missed = kinds.filter(({ right }) => right < seeds).map(({ kind, right }) => `${kind} ${right}`);
        const storm = kinds.reduce((sum, { alerts }) => sum + Math.max(0, alerts.unusual - alerts.unusualUnchanged), 0);
        const trials = kinds.reduce((sum, { alerts }) => sum + alerts.trials, 0);
        return `${place}: ${missed.length > 0 ? `all ${seeds} of ${seeds} but ${missed.join(', ')}` : `${seeds} of ${seeds} of each`}, ${storm} alerts about things in ${trials} trials that the unchanged footage does not raise`;
      });
      return `**Changes of the whole picture** (${file.places[0].kinds.map(({ kind }) => kind).join(', ')}) called what they are. ${told.join('. ')}.`;
    }
    case 'soak': {
      const frames = file.checkpoints.at(-1)?.frames ?? 0;
      return `**${frames} frames in a row**: tensors ${file.tensorsFlat ? 'flat' : 'not flat'}, memory ${file.memoryFlat ? 'flat' : 'not flat'} (${(100 * file.memoryGrowth).toFixed(1)} %).`;
    }
  }
}

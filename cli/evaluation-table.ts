/** An evaluation as a table for the terminal. */
import type { EvaluationResult } from './evaluation-result';

const TITLES: Record<string, string> = {
  microAuc: 'micro AUC',
  macroAuc: 'macro AUC',
  eer: 'equal error rate',
  averagePrecision: 'average precision',
  pixelAuc: 'pixel AUC',
  pixelCriterionAuc: 'pixel-level AUC (40 %)',
  rbdc: 'RBDC (evidence map)',
  tbdc: 'TBDC (evidence map)',
  objectRbdc: 'RBDC (objects)',
  objectTbdc: 'TBDC (objects)',
  falseAlarmsPerHour: 'false alarms per hour',
  detectionDelayS: 'detection delay, s',
  detectedShare: 'events detected',
};

/** One line per number with its 95 % interval, then the scorers that know nothing. */
export function resultTable(
  name: string,
  { numbers, intervals, trivial, perKind }: EvaluationResult,
  analysedFps: number | null,
): string {
  const line = (title: string, value: number | null, note = '') =>
    `  ${title.padEnd(24)} ${format(value).padStart(8)}  ${note}`.trimEnd();
  const range = (key: string) => {
    const interval = intervals[key];
    return interval ? `${format(interval.low)} … ${format(interval.high)}` : '';
  };
  return [
    '',
    name,
    ...Object.entries(TITLES).map(([key, title]) => line(title, numbers[key] ?? null, range(key))),
    line('analysed fps per thread', analysedFps),
    '  trivial scorers, micro / macro AUC',
    ...Object.entries(trivial).map(([key, { microAuc, macroAuc }]) => line(`  ${key}`, microAuc, format(macroAuc))),
    ...(Object.keys(perKind).length ? ['  planted kinds, micro AUC against all normal frames'] : []),
    ...Object.entries(perKind).map(([kind, area]) => line(`  ${kind}`, area)),
  ].join('\n');
}

const format = (value: number | null) =>
  value === null || Number.isNaN(value) ? '–' : value.toFixed(Math.abs(value) >= 10 ? 1 : 3);

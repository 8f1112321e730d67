/** Results on clips of fights as tables: for the terminal, and for the README. */
import type { Interval } from '../src/metrics/bootstrap';
import { FIGHT_MEASURES, type FightMeasure, type FightNumbers, PUBLISHED } from './fight-result';

/** A file of benchmarks/results as far as the table shows it. */
export interface FightResultFile extends FightNumbers {
  detector: string;
  trivial: { frameDifference?: FightNumbers };
  clips: number;
  fights: number;
  skipped: string[];
  /** Folds are absent where stored weights judged. */
  config: { folds?: number };
  analysedFps: number;
  caveat?: string;
  machine?: string;
  command?: string;
  date?: string;
}

const TITLES: Record<FightMeasure, string> = {
  rocAuc: 'ROC-AUC',
  accuracy: 'accuracy',
  precision: 'precision',
  recall: 'recall',
};

/** One line per measure for the terminal, beside the trivial scorer and what was published. */
export function fightTable(detector: string, numbers: FightNumbers, trivial: FightNumbers | null): string {
  const cell = (value: number | null) => (value === null ? '–' : value.toFixed(3)).padStart(16);
  const range = (interval: Interval | null) =>
    interval ? `${interval.low.toFixed(3)} … ${interval.high.toFixed(3)}` : '';
  return [
    '',
    `${''.padEnd(10)}${[detector, 'frame difference', 'published*'].map((title) => title.padStart(17)).join('')}`,
    ...FIGHT_MEASURES.map(
      (name) =>
        `${TITLES[name].padEnd(10)} ${[numbers[name], trivial?.[name] ?? null, PUBLISHED[name]].map(cell).join(' ')}   ${range(numbers.intervals[name])}`,
    ),
    '* HybridModel-1 on other data sets (UCF-Crime, ShanghaiTech, DCSASS)',
  ].join('\n');
}

/** Heading, a row per detector, the best first, how each was measured. */
export function fightSection(files: readonly FightResultFile[]): string {
  const sorted = [...files].sort((a, b) => Number(b.rocAuc) - Number(a.rocAuc));
  const [best] = sorted;
  const row = (name: string, numbers: FightNumbers) =>
    `| ${name} | ${FIGHT_MEASURES.map((key) => withInterval(numbers[key], numbers.intervals[key])).join(' | ')} |`;
  return [
    '### Fights',
    '',
    `| | ${FIGHT_MEASURES.map((key) => TITLES[key]).join(' | ')} |`,
    `|---|${FIGHT_MEASURES.map(() => '---:').join('|')}|`,
    ...sorted.map((file) => row(`**${file.detector}**`, file)),
    ...(best.trivial.frameDifference ? [row('frame difference', best.trivial.frameDifference)] : []),
    `| HybridModel-1, as published on other data | ${FIGHT_MEASURES.map((key) => PUBLISHED[key].toFixed(3)).join(' | ')} |`,
    '',
    'In brackets: 95 % intervals by bootstrap over clips.',
    '',
    ...sorted.map((file) => `- ${measuredHow(file)}`),
  ].join('\n');
}

function measuredHow({
  detector,
  clips,
  fights,
  config,
  analysedFps,
  caveat,
  command,
  machine,
  date,
}: FightResultFile) {
  const folds = config.folds
    ? `, ${config.folds}-fold cross-validation by clip, the threshold chosen on the training folds only`
    : '';
  return [
    `**${detector}**${caveat ? `: ${caveat}.` : '.'}`,
    `${fights} clips with a fight and ${clips - fights} without${folds}. ${analysedFps.toFixed(1)} frames analysed a second per thread.`,
    command ? `\`${command}\`.` : '',
    machine ? `${machine}${date ? `, ${date}` : ''}.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function withInterval(value: number | null, interval: Interval | null): string {
  if (value === null) return '–';
  return interval ? `${value.toFixed(3)} (${interval.low.toFixed(3)}–${interval.high.toFixed(3)})` : value.toFixed(3);
}

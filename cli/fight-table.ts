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

/** Heading, table, how it was measured. */
export function fightSection(file: FightResultFile): string {
  const row = (name: string, numbers: FightNumbers) =>
    `| ${name} | ${FIGHT_MEASURES.map((key) => withInterval(numbers[key], numbers.intervals[key])).join(' | ')} |`;
  const normal = file.clips - file.fights;
  const { folds } = file.config;
  return [
    `### Fights, detector \`${file.detector}\``,
    '',
    `| | ${FIGHT_MEASURES.map((key) => TITLES[key]).join(' | ')} |`,
    `|---|${FIGHT_MEASURES.map(() => '---:').join('|')}|`,
    row(`**${file.detector}**`, file),
    ...(file.trivial.frameDifference ? [row('frame difference', file.trivial.frameDifference)] : []),
    `| HybridModel-1, as published on other data | ${FIGHT_MEASURES.map((key) => PUBLISHED[key].toFixed(3)).join(' | ')} |`,
    '',
    [
      file.caveat ? `**${file.caveat[0].toUpperCase()}${file.caveat.slice(1)}.**` : '',
      `${file.fights} clips with a fight and ${normal} without${folds ? `, ${folds}-fold cross-validation by clip` : ''}; in brackets 95 % intervals by bootstrap over clips.`,
      folds ? 'The threshold is chosen on the training folds only.' : '',
      `${file.analysedFps.toFixed(1)} frames analysed a second per thread.`,
      file.command ? `Command: \`${file.command}\`.` : '',
      file.machine ? `Machine: ${file.machine}${file.date ? `, ${file.date}` : ''}.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  ].join('\n');
}

function withInterval(value: number | null, interval: Interval | null): string {
  if (value === null) return '–';
  return interval ? `${value.toFixed(3)} (${interval.low.toFixed(3)}–${interval.high.toFixed(3)})` : value.toFixed(3);
}

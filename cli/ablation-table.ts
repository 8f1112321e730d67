/** What each part of a detector brings, as a file and as Markdown. */
import type { SourceResult } from './evaluation-run';

/** The row of the whole detector. */
export const EVERYTHING = 'everything';

/** Micro AUC of every scene, by its name. */
type Digest = Record<string, number | null>;

export interface AblationFile {
  ablation: string;
  /** By what is switched off, then by data set. */
  rows: Record<string, Record<string, Digest>>;
  /** By data set. */
  commands: Record<string, string>;
}

export const emptyAblation = (detector: string): AblationFile => ({ ablation: detector, rows: {}, commands: {} });

export const sourcesDigest = (results: readonly Pick<SourceResult, 'source' | 'result'>[]): Digest =>
  Object.fromEntries(results.map(({ source, result }) => [source, rounded(result.numbers.microAuc)]));

const rounded = (value: number | null) => (value === null ? null : Number(value.toFixed(4)));

/** One row per part: micro AUC on each data set (mean of its scenes), and by how many points it is above or below the whole detector's. */
export function ablationTable({ rows, commands }: AblationFile): string {
  const datasets = Object.keys(commands);
  const whole = rows[EVERYTHING] ?? {};
  const cells = (row: Record<string, Digest>) =>
    datasets.flatMap((dataset) => {
      const [own, all] = [mean(row[dataset]), mean(whole[dataset])];
      const gap = own === null || all === null || row === whole ? null : 100 * (own - all);
      return [
        own === null ? '–' : own.toFixed(3),
        gap === null ? '' : `${gap < 0 ? '−' : '+'}${Math.abs(gap).toFixed(1)}`,
      ];
    });
  const named = Object.entries(rows).map(([name, row]) => [name === EVERYTHING ? `**${name}**` : name, ...cells(row)]);
  return [
    `| without | ${datasets.map((dataset) => `${TITLES[dataset] ?? dataset} | points`).join(' | ')} |`,
    `|---|${datasets.map(() => '---:|---:').join('|')}|`,
    ...named.map((row) => `| ${row.join(' | ')} |`),
    '',
    `Micro AUC, mean over scenes where there are several. ${datasets.map((dataset) => `\`${commands[dataset]}\``).join(', ')}.`,
  ].join('\n');
}

const TITLES: Record<string, string> = { ped2: 'Ped2', planted: 'planted' };

function mean(digest: Digest | undefined): number | null {
  const values = Object.values(digest ?? {}).filter((value) => value !== null);
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
}

/** What each part of a detector brings, as a file and as Markdown. */
import type { SourceResult } from './evaluation-run';
import { meanOrNull } from './mean-or-null';
import { CAVEATS } from './result-tables';

/** The row of the whole detector. */
export const EVERYTHING = 'everything';

/** Micro AUC of every scene, by its name. */
type Digest = Record<string, number | null>;

/** A row on a data set, and what it was measured with. */
export interface AblationRow {
  auc: Digest;
  seed: number;
  /** Which weights: their checksum. */
  weights: string;
  /** Of features and scenes; missing in rows measured before they were kept. */
  versions?: string;
  machine: string;
  date: string;
}

export interface AblationFile {
  ablation: string;
  /** By what is switched off, then by data set. */
  rows: Record<string, Record<string, AblationRow>>;
}

export const emptyAblation = (detector: string): AblationFile => ({ ablation: detector, rows: {} });

/** Whether two rows of one data set would have the same numbers. */
export const measuredAlike = (
  a: Pick<AblationRow, 'seed' | 'weights' | 'versions'>,
  b: Pick<AblationRow, 'seed' | 'weights' | 'versions'>,
): boolean => a.seed === b.seed && a.weights === b.weights && a.versions === b.versions;

export const sourcesDigest = (results: readonly Pick<SourceResult, 'source' | 'result'>[]): Digest =>
  Object.fromEntries(results.map(({ source, result }) => [source, rounded(result.numbers.microAuc)]));

const rounded = (value: number | null) => (value === null ? null : Number(value.toFixed(4)));

/**
 * One row per part: micro AUC on each data set, mean of its scenes, and by how many points that is above or below the whole
 * detector's; none where it was measured with other weights or versions.
 */
export function ablationTable({ ablation, rows }: AblationFile): string {
  const whole = rows[EVERYTHING] ?? {};
  const datasets = Object.keys(whole);
  const cells = (row: Record<string, AblationRow>) =>
    datasets.flatMap((dataset) => {
      const comparable = row[dataset] && measuredAlike(row[dataset], whole[dataset]);
      const [own, all] = [comparable ? mean(row[dataset].auc) : null, mean(whole[dataset].auc)];
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
    `Micro AUC, mean over scenes where there are several. ${datasets.map((dataset) => measuredHow(ablation, dataset, whole[dataset])).join(' ')}`,
  ].join('\n');
}

const TITLES: Record<string, string> = { ped2: 'Ped2', planted: 'planted' };

function measuredHow(
  detector: string,
  dataset: string,
  { seed, weights, versions, machine, date }: AblationRow,
): string {
  const caveat = CAVEATS[`${dataset}-${detector}`];
  return [
    `${TITLES[dataset] ?? dataset}: \`npm run ablate -- --dataset ${dataset} --data DIR --detector ${detector}${seed === 1 ? '' : ` --seed ${seed}`}\`,`,
    `weights ${weights}${versions ? `, ${versions}` : ''}, ${machine}, ${date}${caveat ? `; ${caveat}` : ''}.`,
  ].join(' ');
}

/** Null where a scene has no number. */
const mean = (digest: Digest | undefined): number | null => meanOrNull(Object.values(digest ?? {}));

/** What each term of a loss brings, as a file and as Markdown. */

export interface LossAblationFile {
  /** The detector. */
  losses: string;
  steps: number;
  /** How much each term counts. */
  weights: Record<string, number>;
  scenes: string[];
  /** AUC on left-out planted clips of each repeat, by the term that was left out, or 'everything'. */
  aucs: Record<string, number[]>;
  command: string;
  machine: string;
  date: string;
}

/** A row per term: mean AUC without it, its range over the repeats, and by how many points the mean is above or below the whole loss's. */
export function lossTable({ losses, aucs, weights, steps, scenes, command, machine, date }: LossAblationFile): string {
  // What was cut off is compared by the repeats that all rows have.
  const repeats = Math.min(...Object.values(aucs).map(({ length }) => length));
  const whole = mean(aucs.everything.slice(0, repeats));
  const rows = Object.entries(aucs).map(([term, all]) => {
    const values = all.slice(0, repeats);
    const points = 100 * (mean(values) - whole);
    const gap = term === 'everything' ? '' : `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(1)}`;
    const name = term === 'everything' ? '**everything**' : `${term} (${weights[term]})`;
    const range = `${Math.min(...values).toFixed(3)}–${Math.max(...values).toFixed(3)}`;
    return `| ${name} | ${mean(values).toFixed(3)} | ${range} | ${gap} |`;
  });
  return [
    '| trained without (weight) | AUC | range | points |',
    '|---|---:|---:|---:|',
    ...rows,
    '',
    `AUC of the highest logit on planted clips left out of training, mean over ${scenes.length} scenes${losses === 'hybrid' ? '' : ', folders alike'}; mean and range of ${repeats} trainings of ${steps} updates, each from random values of its own. \`${command}\`, ${machine}, ${date}.`,
  ].join('\n');
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

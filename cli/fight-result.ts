/** The numbers of cross-validated verdicts on clips of fights, each with its interval. */
import { createRng } from '../src/lib/rng';
import { bootstrapInterval, type Interval } from '../src/metrics/bootstrap';
import { decisionRates } from '../src/metrics/decisions';
import { rocAuc } from '../src/metrics/roc';
import type { Verdict } from './fight-cross-validation';

export const FIGHT_MEASURES = ['rocAuc', 'accuracy', 'precision', 'recall'] as const;
export type FightMeasure = (typeof FIGHT_MEASURES)[number];

export type FightNumbers = Record<FightMeasure, number | null> & {
  /** 95 %, by bootstrap over clips. */
  intervals: Record<FightMeasure, Interval | null>;
};

/** HybridModel-1's claims, as published, on UCF-Crime, ShanghaiTech and DCSASS: other clips, so no comparison, only a mark. */
export const PUBLISHED: Record<FightMeasure, number> = {
  rocAuc: 0.96,
  accuracy: 0.876,
  precision: 0.956,
  recall: 0.771,
};

export function fightNumbers(verdicts: readonly Verdict[], seed: number, { resamples = 1000 } = {}): FightNumbers {
  const rng = createRng(seed).fork('intervals');
  const intervals = FIGHT_MEASURES.map((name) => [
    name,
    bootstrapInterval(verdicts, (drawn) => measures(drawn)[name], rng.fork(name), { resamples }),
  ]);
  const values = Object.entries(measures(verdicts)).map(([name, value]) => [
    name,
    Number.isFinite(value) ? value : null,
  ]);
  return { ...Object.fromEntries(values), intervals: Object.fromEntries(intervals) };
}

function measures(verdicts: readonly Verdict[]): Record<FightMeasure, number> {
  const labels = verdicts.map(({ label }) => label);
  return {
    rocAuc: rocAuc(
      verdicts.map(({ score }) => score),
      labels,
    ),
    ...decisionRates(
      verdicts.map(({ yes }) => yes),
      labels,
    ),
  };
}

/** The rarity over a stretch of a recording, as finely as the screen can show it: read from scores where short, from peaks where long. */
import { rarityScore } from '../normality/calibration';
import type { Database } from '../storage/database';
import { levelFor, overviewBetween } from '../storage/overview';
import { momentsOf, trackBetween } from '../storage/score-track';
import type { TimelinePoint } from './watch-store';

/** Stretches up to this length are drawn from the scores themselves, in seconds. */
const SCORES_S = 900;
/** Peaks that are read at most. */
const MOST_PEAKS = 3000;

/** Points in order of time. Throws StorageError. */
export async function rarityOver(database: Database, id: string, fromS: number, toS: number): Promise<TimelinePoint[]> {
  if (toS - fromS > SCORES_S) {
    const level = levelFor(toS - fromS, MOST_PEAKS);
    const peaks = await overviewBetween(database, id, level, fromS, toS);
    return peaks.map(({ timeS, returnPeriodS }) => ({ timeS, returnPeriodS, score: rarityScore(returnPeriodS) }));
  }
  const points: TimelinePoint[] = [];
  for (const chunk of await trackBetween(database, id, fromS, toS)) {
    for (const { moment } of momentsOf(chunk)) {
      const { timeS, score, returnPeriodS } = moment;
      if (timeS >= fromS && timeS <= toS) points.push({ timeS, score, returnPeriodS });
    }
  }
  return points;
}

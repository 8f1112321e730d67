/** A recording's rarity at a glance: its peaks over ever longer spells, so that a day or a year is read in a moment. */
import { type Database, stored } from './database';
import type { OverviewBlock } from './recording-rows';

/** How long the spells of each level are, in seconds. */
export const SPELLS_S = [2, 32, 512, 8192];
/** Spells per block. */
const BLOCK = 256;

export interface OverviewWriter {
  /** Take a moment in; times may come in any order. */
  push(timeS: number, returnPeriodS: number): void;
  /** The blocks that changed since the last call. */
  changed(): OverviewBlock[];
}

export function createOverviewWriter(recordingId: string): OverviewWriter {
  /** The newest block of each level; older ones are complete as long as time goes forward. */
  const newest: OverviewBlock[] = [];
  const changed = new Set<OverviewBlock>();
  return {
    push(timeS, returnPeriodS) {
      SPELLS_S.forEach((spellS, level) => {
        const spell = Math.floor(timeS / spellS);
        const index = Math.floor(spell / BLOCK);
        if (newest[level]?.index !== index)
          newest[level] = { recordingId, level, index, peaks: new Float32Array(BLOCK) };
        const { peaks } = newest[level];
        peaks[spell % BLOCK] = Math.max(peaks[spell % BLOCK], returnPeriodS);
        changed.add(newest[level]);
      });
    },
    changed() {
      const blocks = [...changed].map((block) => ({ ...block, peaks: block.peaks.slice() }));
      changed.clear();
      return blocks;
    },
  };
}

/** Put blocks; those of the same place are replaced. Throws StorageError. */
export const putOverview = (database: Database, blocks: OverviewBlock[]): Promise<void> =>
  stored('the overview of this recording is not kept', async () => {
    await database.overviews.bulkPut(blocks);
  });

/** The finest level that has at most `most` spells in the stretch, or the coarsest. */
export function levelFor(lengthS: number, most: number): number {
  const level = SPELLS_S.findIndex((spellS) => lengthS / spellS <= most);
  return level < 0 ? SPELLS_S.length - 1 : level;
}

/** Peaks within a stretch at one level, in order of time; spells without analysis are left out. Throws StorageError. */
export function overviewBetween(database: Database, id: string, level: number, fromS: number, toS: number) {
  const spellS = SPELLS_S[level];
  const blockOf = (timeS: number) => Math.max(0, Math.floor(timeS / spellS / BLOCK));
  return stored('the overview of this recording cannot be read', async () => {
    const blocks = await database.overviews
      .where('[recordingId+level+index]')
      .between([id, level, blockOf(fromS)], [id, level, blockOf(toS)], true, true)
      .toArray();
    return blocks
      .flatMap(({ index, peaks }) =>
        Array.from(peaks, (returnPeriodS, spell) => ({ timeS: (index * BLOCK + spell + 0.5) * spellS, returnPeriodS })),
      )
      .filter(({ timeS, returnPeriodS }) => returnPeriodS > 0 && timeS >= fromS - spellS && timeS <= toS + spellS);
  });
}

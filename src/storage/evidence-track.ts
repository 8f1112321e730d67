/** What was seen where during a recording: evidence maps and boxes at a low rate, in chunks. */
import type { Moment } from '../alerts/moment';
import type { EvidenceBytes } from '../engine/evidence-bytes';
import { packedBytes, unpackedBytes } from '../lib/run-length';
import { type Database, stored } from './database';
import type { EvidenceChunk, PackedSight } from './recording-rows';
import { RARE_S } from './score-track';

/** What was seen at one moment. */
export interface Sight {
  moment: Moment;
  evidence: EvidenceBytes;
}

/** Least time between two kept maps, in seconds: while something is rare, and else. */
const RARE_STEP_S = 0.25;
const STEP_S = 2;
const CHUNK_S = 60;
const HOUR_S = 3600;
/** Evidence below this of 255 is dropped: it cannot be seen. */
const INVISIBLE = 6;

export interface EvidenceWriter {
  /** Take a moment unless one was kept just before; returns the chunk that is full, or null. */
  push(moment: Moment, evidence: EvidenceBytes): EvidenceChunk | null;
  tail(): EvidenceChunk | null;
}

export function createEvidenceWriter(recordingId: string): EvidenceWriter {
  let sights: PackedSight[] = [];
  let lastS = Number.NEGATIVE_INFINITY;
  const tail = (): EvidenceChunk | null =>
    sights.length === 0 ? null : { recordingId, fromS: sights[0].moment.timeS, toS: lastS, sights: [...sights] };
  return {
    push(moment, { width, height, values }) {
      const { timeS, returnPeriodS } = moment;
      if (timeS - lastS < (returnPeriodS >= RARE_S ? RARE_STEP_S : STEP_S)) return null;
      const full = sights.length > 0 && timeS - sights[0].moment.timeS >= CHUNK_S ? tail() : null;
      if (full) sights = [];
      sights.push({ moment, width, height, codes: packedBytes(values, INVISIBLE) });
      lastS = timeS;
      return full;
    },
    tail,
  };
}

/** Put chunks; one that begins at the same moment as a stored one replaces it. Throws StorageError. */
export const putEvidence = (database: Database, chunks: EvidenceChunk[]): Promise<void> =>
  stored('the maps of this recording are not kept', async () => {
    await database.evidence.bulkPut(chunks);
  });

/** A recording's maps as they are stored, an hour of it at a time, in order of time. Throws StorageError. */
export async function* evidenceChunks(database: Database, id: string, endS: number): AsyncGenerator<EvidenceChunk[]> {
  for (let fromS = 0; fromS <= endS; fromS += HOUR_S)
    yield await stored('the maps of this recording cannot be searched', () =>
      database.evidence
        .where('[recordingId+fromS]')
        .between([id, fromS], [id, fromS + HOUR_S])
        .toArray(),
    );
}

/** What was seen in a stretch of the recording, in order of time. Throws StorageError. */
export const sightsBetween = (database: Database, id: string, fromS: number, toS: number): Promise<Sight[]> =>
  stored('the maps of this recording cannot be read', async () => {
    const chunks = await database.evidence
      .where('[recordingId+fromS]')
      .between([id, fromS - CHUNK_S - 5], [id, toS], true, true)
      .toArray();
    return chunks
      .flatMap(({ sights }) => sights)
      .filter(({ moment: { timeS } }) => timeS >= fromS && timeS <= toS)
      .map(({ moment, width, height, codes }) => ({
        moment,
        evidence: { width, height, values: unpackedBytes(codes, width * height) },
      }));
  });

/** The score of every analysed moment of a recording, compact, in chunks; rare moments are kept whole. */
import type { Moment } from '../alerts/moment';
import { type Database, stored } from './database';
import type { TrackChunk } from './recording-rows';

/** One analysed moment as the track knows it. */
export interface TrackedMoment {
  moment: Moment;
  intervalMs: number;
}

const FIELDS = 6;
/**
 * Rarer moments are kept whole, in seconds between two of them, and so are those within LINGER_S after and those at which the
 * picture was not clear. No alert rule looks at
 * what is in the picture at other moments, so that a replay of the track raises the very alerts of the live run.
 */
export const RARE_S = 10;
const LINGER_S = 12;
/** A chunk spans at most so many seconds. */
const CHUNK_S = 60;

export interface TrackWriter {
  /** Moments come in order of time. Returns the chunk that is full, or null. */
  push(moment: Moment, intervalMs: number): TrackChunk | null;
  /** What has come since the last full chunk; null where nothing has. */
  tail(): TrackChunk | null;
}

export function createTrackWriter(recordingId: string): TrackWriter {
  let numbers: number[] = [];
  let rare: Moment[] = [];
  let rareS = Number.NEGATIVE_INFINITY;
  const tail = (): TrackChunk | null =>
    numbers.length === 0
      ? null
      : {
          recordingId,
          fromS: numbers[0],
          toS: numbers[numbers.length - FIELDS],
          numbers: Float64Array.from(numbers),
          rare: [...rare],
        };
  return {
    push(moment, intervalMs) {
      const { timeS, raw, returnPeriodS, score, extrapolated } = moment;
      const full = numbers.length > 0 && timeS - numbers[0] >= CHUNK_S ? tail() : null;
      if (full) {
        numbers = [];
        rare = [];
      }
      numbers.push(timeS, raw, returnPeriodS, score, Number(extrapolated), intervalMs);
      if (returnPeriodS >= RARE_S) rareS = timeS;
      const unclear = (moment.view ?? 'clear') !== 'clear';
      if (timeS - rareS <= LINGER_S || unclear) rare.push(moment);
      return full;
    },
    tail,
  };
}

/** The chunk's moments in order of time; ordinary ones without reasons and objects. */
export function* momentsOf({ numbers, rare }: TrackChunk): Generator<TrackedMoment> {
  let next = 0;
  for (let index = 0; index < numbers.length; index += FIELDS) {
    const [timeS, raw, returnPeriodS, score, extrapolated, intervalMs] = numbers.subarray(index, index + FIELDS);
    const whole = rare[next]?.timeS === timeS ? rare[next++] : null;
    const bare = { timeS, raw, returnPeriodS, score, extrapolated: extrapolated === 1, reasons: [], objects: [] };
    yield { moment: whole ?? bare, intervalMs };
  }
}

/** Put chunks; one that begins at the same moment as a stored one replaces it. Throws StorageError. */
export const putTrack = (database: Database, chunks: TrackChunk[]): Promise<void> =>
  stored('the scores of this recording are not kept', async () => {
    await database.tracks.bulkPut(chunks);
  });

/** The chunks that touch a stretch of the recording, in order of time. Throws StorageError. */
export const trackBetween = (database: Database, id: string, fromS = 0, toS = Infinity): Promise<TrackChunk[]> =>
  stored('the scores of this recording cannot be read', () =>
    database.tracks
      .where('[recordingId+fromS]')
      .between([id, fromS - CHUNK_S - 5], [id, toS], true, true)
      .and((chunk) => chunk.toS >= fromS)
      .toArray(),
  );

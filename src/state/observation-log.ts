/** All observations of a run: compact numbers for the report, and for files whole frames that can be looked up by time. */
import type { Moment } from '../alerts/moment';
import { packedBytes, unpackedBytes } from '../lib/run-length';
import type { ObservedFrame } from '../worker/protocol';

/** What the report says of one frame. */
export interface ReportedFrame {
  timeS: number;
  score: number;
  returnPeriodS: number;
  intervalMs: number;
}

export interface ObservationLog {
  /** Frames must come in order of time; `whole` keeps evidence and objects too. */
  push(frame: ObservedFrame, whole: boolean): void;
  readonly length: number;
  frames(): Iterable<ReportedFrame>;
  /** The moments, in order of time, as far as the alert rules look at them; of a source without an end the newest `MOST_MOMENTS`. */
  moments(): Iterable<Moment>;
  /** The whole observation nearest to this time, at most a second away; null where there is none. */
  at(timeS: number): ObservedFrame | null;
}

/** Numbers per frame: time, score, return period, interval. */
const FIELDS = 4;
/** Farther from the asked time than this, an observation says nothing about it, in seconds. */
const NEAR_S = 1;
/** Moments kept of a live source: an hour and a half at full density. */
const MOST_MOMENTS = 60_000;
/** Evidence below this of 255 is dropped: it cannot be seen. */
const INVISIBLE = 6;

export function createObservationLog(): ObservationLog {
  let numbers = new Float64Array(FIELDS * 4096);
  let length = 0;
  const whole: PackedFrame[] = [];
  let slim: Moment[] = [];

  return {
    push(frame, keepWhole) {
      const { timeS, score, returnPeriodS } = frame.moment;
      if ((length + 1) * FIELDS > numbers.length) {
        const larger = new Float64Array(numbers.length * 2);
        larger.set(numbers);
        numbers = larger;
      }
      numbers.set([timeS, score, returnPeriodS, frame.intervalMs], length * FIELDS);
      length++;
      if (keepWhole) whole.push(packed(frame));
      else slim.push(slimmed(frame.moment));
      if (slim.length > 1.25 * MOST_MOMENTS) slim = slim.slice(-MOST_MOMENTS);
    },
    get length() {
      return length;
    },
    *frames() {
      for (let index = 0; index < length; index++) {
        const [timeS, score, returnPeriodS, intervalMs] = numbers.subarray(index * FIELDS, (index + 1) * FIELDS);
        yield { timeS, score, returnPeriodS, intervalMs };
      }
    },
    *moments() {
      for (const { moment } of whole) yield moment;
      yield* slim;
    },
    at(timeS) {
      const after = firstFrom(whole, timeS);
      const candidates = [whole[after - 1], whole[after]].filter((frame) => frame !== undefined);
      const distance = ({ moment }: PackedFrame) => Math.abs(moment.timeS - timeS);
      const nearest = candidates.sort((a, b) => distance(a) - distance(b))[0];
      return nearest && distance(nearest) <= NEAR_S ? unpacked(nearest) : null;
    },
  };
}

/** The rules look only at things that are unusual at all, and never at reasons. */
function slimmed(moment: Moment): Moment {
  const objects = moment.objects.filter(({ raw }) => raw > 0).map((object) => ({ ...object, reasons: [] }));
  return { ...moment, reasons: [], objects };
}

/** Index of the first frame at or after this time. */
function firstFrom(frames: readonly PackedFrame[], timeS: number): number {
  let low = 0;
  let high = frames.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (frames[middle].moment.timeS < timeS) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A frame whose evidence is run-length coded. Attention, where it came, is as it came. */
type PackedFrame = Pick<ObservedFrame, 'moment' | 'intervalMs' | 'evidence' | 'attention'>;

function packed({ moment, intervalMs, evidence, attention }: ObservedFrame): PackedFrame {
  const { width, height, values } = evidence;
  return { moment, intervalMs, evidence: { width, height, values: packedBytes(values, INVISIBLE) }, attention };
}

function unpacked({ moment, intervalMs, evidence, attention }: PackedFrame): ObservedFrame {
  const { width, height, values } = evidence;
  const whole = unpackedBytes(values, width * height);
  return { moment, intervalMs, picture: null, evidence: { width, height, values: whole }, attention };
}

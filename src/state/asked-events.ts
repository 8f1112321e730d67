/** Active learning: the few events whose verdict would tell most, since it is least sure what it would be. Pure. */
import type { EventRecord, RecordingRecord } from '../storage/recording-rows';

/** Newest events that are considered, and newest verdicts that they are compared with. */
const MOST_COMPARED = 200;
/** A prior verdict weighs as much as so many like events that were judged. */
const PRIOR_WEIGHT = 1;
/** Likeness falls by e where one is so many times as rare as the other. */
const RARITY_SCALE = 4;

/**
 * At most `most` events without a verdict, least sure first, none much like another. The chance that one is unusual indeed is
 * p = (w·ρ + Σ s of the like that are true) / (w + Σ s), with s the likeness to judged ones and ρ = r/(1 + r) where the event is r
 * times as rare as the threshold asked for. Sureness is |2p − 1|. Events come newest first.
 */
export function askedEvents(
  events: readonly EventRecord[],
  recordings: readonly Pick<RecordingRecord, 'id' | 'alertsPerHour'>[],
  most = 3,
): EventRecord[] {
  const budgets = new Map(recordings.map(({ id, alertsPerHour }) => [id, alertsPerHour]));
  const judged = events.filter(({ verdict }) => verdict !== null).slice(0, MOST_COMPARED);
  const open = events.filter(isOpen).slice(0, MOST_COMPARED);
  const left = open.map((event) => ({ event, doubt: 1 - Math.abs(2 * chanceTrue(event, judged, budgets) - 1) }));
  const asked: EventRecord[] = [];
  while (asked.length < most && left.length > 0) {
    const [{ event }] = left.sort((a, b) => b.doubt - a.doubt).splice(0, 1);
    asked.push(event);
    for (const other of left) other.doubt *= 1 - likeness(event, other.event);
  }
  return asked;
}

/** The rules raised it, it is over, and nobody has said what it is. */
const isOpen = ({ verdict, origin, kind, endS }: EventRecord) =>
  verdict === null && origin === 'alert' && kind === 'unusual' && endS !== null;

function chanceTrue(event: EventRecord, judged: readonly EventRecord[], budgets: ReadonlyMap<string, number>): number {
  const ratio = (event.returnPeriodS * (budgets.get(event.recordingId) ?? 1)) / 3600;
  let weight = PRIOR_WEIGHT;
  let yes = (PRIOR_WEIGHT * ratio) / (1 + ratio);
  for (const each of judged) {
    const alike = likeness(event, each);
    weight += alike;
    if (each.verdict === 'true') yes += alike;
  }
  return yes / weight;
}

/** 0 (of another camera or detector, or for other reasons) … 1: the same kind of thing for the same reasons, as rare. */
function likeness(a: EventRecord, b: EventRecord): number {
  if (a.sourceName !== b.sourceName || a.detector !== b.detector) return 0;
  const shared = a.cues.filter((cue) => b.cues.includes(cue)).length;
  const all = new Set([...a.cues, ...b.cues]).size;
  const reasons = all === 0 ? 1 : shared / all;
  const rarity = Math.exp(-Math.abs(Math.log(a.returnPeriodS / b.returnPeriodS)) / Math.log(RARITY_SCALE) / 2);
  return reasons * (a.label === b.label ? 1 : 0.5) * rarity;
}

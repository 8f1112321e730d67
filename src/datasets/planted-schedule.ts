/** When anomalies happen in a planted clip: gaps of normal footage between them, and the section in which everything runs. */
import type { Rng } from '../lib/rng';
import type { PlantedAnomaly } from './planted-anomalies';

/** A stretch of the clip: footage as it was, footage with something planted, or footage run at `pace` times its speed. */
export interface Stretch {
  /** Frames of the planted clip. */
  frames: number;
  /** Source frames per planted frame. */
  pace: number;
  anomaly: PlantedAnomaly | null;
}

/** How the clip is filled. */
export interface ScheduleRequest {
  /** Source frames at hand, and their usual interval. */
  sourceFrames: number;
  intervalS: number;
  /** Share of abnormal frames aimed at, 0…1. */
  share: number;
  /** The next anomaly, a different kind each time where possible; null when there is none left. */
  next(): PlantedAnomaly | null;
  /** Whether everything moves enough from source frame `first` for `count` frames to be run at `pace`. */
  canRun(first: number, count: number, pace: number): boolean;
  /** In how many of the `count` frames from source frame `first` the planted thing would overlap a real one. */
  collisions(anomaly: PlantedAnomaly, first: number, count: number): number;
}

const SHORTEST_GAP_S = 2.5;
const LAYOUTS = 200;

/** Fill the clip; throws nothing, an empty list of anomalies gives one normal stretch. */
export function scheduleStretches(request: ScheduleRequest, rng: Rng): Stretch[] {
  const running = runningStretch(request, rng);
  const outputFrames = request.sourceFrames - running.frames * (running.pace - 1);
  const events = chosenEvents(request, outputFrames, running);
  const drawn = () => {
    const stretches = layout(events, outputFrames, request.intervalS, rng);
    return stretches && runsFit(stretches, request) ? stretches : null;
  };
  return leastCollisions(drawn, request) ?? withoutRunning(request, rng);
}

/** Of many layouts the one in which planted things overlap real ones least; null where none fits. */
function leastCollisions(drawn: () => Stretch[] | null, request: ScheduleRequest): Stretch[] | null {
  let best: Stretch[] | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < LAYOUTS && fewest > 0; attempt++) {
    const stretches = drawn();
    const count = stretches ? collisionsOf(stretches, request) : Number.POSITIVE_INFINITY;
    if (count >= fewest) continue;
    best = stretches;
    fewest = count;
  }
  return best;
}

function collisionsOf(stretches: readonly Stretch[], request: ScheduleRequest): number {
  let source = 0;
  let count = 0;
  for (const { frames, pace, anomaly } of stretches) {
    if (anomaly) count += request.collisions(anomaly, source, frames);
    source += frames * pace;
  }
  return count;
}

/** Where nothing can be run: planted things only, fewer of them until the gaps fit. */
function withoutRunning(request: ScheduleRequest, rng: Rng): Stretch[] {
  const events = chosenEvents(request, request.sourceFrames, { ...normal(0), pace: 2 });
  for (; events.length; events.pop()) {
    const stretches = leastCollisions(() => layout(events, request.sourceFrames, request.intervalS, rng), request);
    if (stretches) return stretches;
  }
  return [normal(request.sourceFrames)];
}

const normal = (frames: number): Stretch => ({ frames, pace: 1, anomaly: null });

/** Everything runs for 3–5 s at 2 or 3 times its pace, where there is room for it. */
function runningStretch({ sourceFrames, intervalS }: ScheduleRequest, rng: Rng): Stretch {
  const pace = rng.pick([2, 3]);
  const frames = Math.round(rng.between(3, 5) / intervalS);
  return { frames: frames * pace < 0.4 * sourceFrames ? frames : 0, pace, anomaly: null };
}

function chosenEvents(request: ScheduleRequest, outputFrames: number, running: Stretch): Stretch[] {
  const events = running.frames ? [running] : [];
  let abnormal = running.frames;
  for (let tries = 0; tries < 60 && abnormal < request.share * outputFrames; tries++) {
    const anomaly = request.next();
    if (!anomaly) break;
    const frames = Math.max(3, Math.round(anomaly.durationS / request.intervalS));
    if (abnormal + frames > (request.share + 0.08) * outputFrames) continue;
    abnormal += frames;
    events.push({ frames, pace: 1, anomaly });
  }
  return events;
}

/** Events in random order with random gaps; what appears and stays comes last. Null where the gaps do not fit. */
function layout(events: readonly Stretch[], outputFrames: number, intervalS: number, rng: Rng): Stretch[] | null {
  const staying = events.find((event) => event.anomaly?.kind === 'appearing');
  const order = [...rng.shuffled(events.filter((event) => event !== staying)), ...(staying ? [staying] : [])];
  const gaps = order.length + (staying ? 0 : 1);
  const least = Math.ceil(SHORTEST_GAP_S / intervalS);
  const spare = outputFrames - events.reduce((sum, event) => sum + event.frames, 0) - gaps * least;
  if (spare < 0) return null;
  const cuts = Array.from({ length: gaps - 1 }, () => rng.int(spare + 1)).sort((a, b) => a - b);
  const sizes = [...cuts, spare].map((cut, index) => least + cut - (index ? cuts[index - 1] : 0));
  return order
    .flatMap((event, index) => [normal(sizes[index]), event])
    .concat(staying ? [] : [normal(sizes[gaps - 1])]);
}

function runsFit(stretches: readonly Stretch[], request: ScheduleRequest): boolean {
  let source = 0;
  for (const { frames, pace } of stretches) {
    if (pace > 1 && !request.canRun(source, frames * pace, pace)) return false;
    source += frames * pace;
  }
  return true;
}

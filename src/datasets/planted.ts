/**
 * Planted anomalies in real normal footage, with exact labels and masks: the place where settings are chosen without
 * looking at any benchmark's test labels. Everything follows from the footage and a seed.
 */
import { createRng, type Rng } from '../lib/rng';
import type { Frame } from '../media/frame';
import { type HeldOutGround, readGround } from './held-out-ground';
import { usualSpeed } from './normal-traffic';
import { ObjectTracker } from './object-tracks';
import { type PlantedAnomaly, type PlantedKind, recipes } from './planted-anomalies';
import { type PlantedFrame, withAnomaly, withRunning } from './planted-drawing';
import { type Stretch, scheduleStretches } from './planted-schedule';
import { collides } from './planting-ground';
import type { Footage, SceneSurvey } from './scene-survey';
import { placedBox } from './sprite';

/** What was planted, when. */
export interface PlantedManifest {
  seed: number;
  frames: number;
  intervalS: number;
  events: { kind: PlantedKind | 'running'; startS: number; endS: number; details: Record<string, number> }[];
}

export interface PlantedClip {
  manifest: PlantedManifest;
  frames(): AsyncGenerator<PlantedFrame>;
}

/** Plan a clip over held-out footage; `frames()` draws it (reads the footage again). Deterministic from the seed. */
export async function plantClip(
  footage: Footage,
  survey: SceneSurvey,
  seed: number,
  share = 0.37,
): Promise<PlantedClip> {
  const ground = await readGround(footage, survey);
  const rng = createRng(seed);
  const fastest = usualSpeed(ground.traffic.steps, 0.98);
  const stretches = scheduleStretches(
    {
      sourceFrames: ground.kept.length,
      intervalS: ground.intervalS,
      share,
      next: anomalyQueue(ground, seed, rng.fork('anomalies')),
      canRun: (first, count, pace) => {
        const frames = ground.kept.slice(first, first + count);
        const busy = frames.filter((frame) => ground.moving[frame].some(({ speed }) => speed * pace > 1.2 * fastest));
        return busy.length >= 0.8 * count;
      },
      collisions: (anomaly, first, count) =>
        Array.from({ length: count }, (_, index) => index).filter((index) => {
          const placement = anomaly.place(index * ground.intervalS);
          return placement && collides(placedBox(placement), ground.standing[ground.kept[first + index]]);
        }).length,
    },
    rng.fork('schedule'),
  );
  return {
    manifest: manifestOf(stretches, ground, seed),
    frames: () => drawClip(footage, ground, stretches, rng.fork('noise')),
  };
}

/**
 * Deals kinds in rounds, so that a clip has as many different ones as its footage allows. The first round begins with
 * another kind for each seed, so that short clips, which have room for one or two, cover all kinds together.
 */
function anomalyQueue(ground: HeldOutGround, seed: number, rng: Rng): () => PlantedAnomaly | null {
  const kinds = Object.keys(recipes) as PlantedKind[];
  const first = Math.abs(Math.trunc(seed)) % kinds.length;
  let round = [...kinds.slice(first), ...kinds.slice(0, first)].reverse();
  let appeared = false;
  let fruitless = 0;
  return () => {
    while (fruitless < 12) {
      if (!round.length) round = rng.shuffled(kinds);
      const kind = round.pop() as PlantedKind;
      const anomaly = kind === 'appearing' && appeared ? null : recipes[kind](ground, rng);
      fruitless = anomaly ? 0 : fruitless + 1;
      if (kind === 'appearing') appeared = true;
      if (anomaly) return anomaly;
    }
    return null;
  };
}

function manifestOf(stretches: readonly Stretch[], ground: HeldOutGround, seed: number): PlantedManifest {
  const events: PlantedManifest['events'] = [];
  let frame = 0;
  for (const { frames, pace, anomaly } of stretches) {
    const times = { startS: frame * ground.intervalS, endS: (frame + frames) * ground.intervalS };
    if (anomaly) events.push({ kind: anomaly.kind, ...times, details: anomaly.details });
    if (pace > 1) events.push({ kind: 'running', ...times, details: { speedFactor: pace } });
    frame += frames;
  }
  return { seed, frames: frame, intervalS: ground.intervalS, events };
}

async function* drawClip(
  footage: Footage,
  ground: HeldOutGround,
  stretches: readonly Stretch[],
  rng: Rng,
): AsyncGenerator<PlantedFrame> {
  const plan = stretches.flatMap((stretch, event) =>
    Array.from({ length: stretch.frames }, (_, index) => ({ stretch, event, index })),
  );
  const tracker = new ObjectTracker(ground.background);
  let source = -1;
  let next = 0;
  let position = 0;
  let timeS = 0;
  for await (const frame of footage()) {
    source++;
    const { blobs, labels, exposure } = tracker.step(frame);
    if (next >= plan.length || ground.kept[Math.floor(position)] !== source) continue;
    const { stretch, event, index } = plan[next++];
    position += stretch.pace;
    const drawn: Frame = { ...frame, timeS, data: frame.data.slice() };
    timeS += Math.min(
      ground.intervalS * 3,
      (ground.timesS[source + 1] ?? ground.timesS[source] + ground.intervalS) - ground.timesS[source],
    );
    const scene = { noise: ground.background.noise, moving: ground.moving[source], blobs, labels, exposure };
    if (stretch.anomaly)
      yield withAnomaly(drawn, stretch.anomaly, index * ground.intervalS, event, scene, rng.fork(next));
    else if (stretch.pace > 1) yield withRunning(drawn, event, scene);
    else yield { frame: drawn, label: 0, mask: null, truth: [] };
  }
}

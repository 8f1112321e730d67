/** Held-out footage read once: what moves and stands in it, when, and which frames are worth keeping. */
import type { Box } from '../lib/box';
import type { Background } from './background';
import { goesSomewhere, quantile, velocities } from './normal-traffic';
import { type ObjectTrack, ObjectTracker } from './object-tracks';
import { collides, type PlantingGround, replayable } from './planting-ground';
import { type Footage, PlantingError, type SceneSurvey } from './scene-survey';

/** The held-out footage as tracks and times. */
export interface HeldOutGround extends PlantingGround {
  background: Background;
  /** Source frames kept: long empty stretches are cut out. */
  kept: number[];
  timesS: number[];
  intervalS: number;
  /** Things that go somewhere, per source frame, with their present speed in object sizes per second. */
  moving: { box: Box; track: number; speed: number }[][];
  /** Everything in front of the background, moving or not, per source frame. */
  standing: Box[][];
}

export async function readGround(
  footage: Footage,
  { background, traffic, tracks: earlier }: SceneSurvey,
): Promise<HeldOutGround> {
  const tracker = new ObjectTracker(background, { sprites: true });
  const timesS: number[] = [];
  const standing: Box[][] = [];
  for await (const frame of footage()) {
    standing.push([...tracker.step(frame).blobs]);
    timesS.push(frame.timeS);
  }
  const all = tracker.finish();
  const own = replayable(all, background);
  const tracks = own.length < 8 ? [...own, ...earlier] : own;
  if (!tracks.length)
    throw new PlantingError(
      'Nothing that moves through the held-out footage could be followed; use longer or busier footage.',
    );
  const intervals = timesS.slice(1).map((time, index) => time - timesS[index]);
  const intervalS = quantile(intervals, 0.5);
  const moving = movingThings(all, timesS.length, background.height);
  const kept = keptFrames(moving, intervalS);
  const { width, height, data } = background;
  const luma = (x: number, y: number) =>
    data[(Math.min(height - 1, Math.floor(y)) * width + Math.min(width - 1, Math.max(0, Math.floor(x)))) * 4 + 1];
  return {
    width,
    height,
    background,
    traffic,
    tracks,
    grey: isGrey(data),
    brightness: luma,
    timesS,
    intervalS,
    moving,
    standing,
    kept,
    coveredAtEnd(box, seconds) {
      const last = kept.slice(-Math.ceil(seconds / intervalS));
      return last.filter((frame) => collides(box, standing[frame])).length / last.length;
    },
  };
}

function movingThings(tracks: readonly ObjectTrack[], frames: number, frameHeight: number): HeldOutGround['moving'] {
  const moving: HeldOutGround['moving'] = Array.from({ length: frames }, () => []);
  for (const track of tracks) {
    if (!goesSomewhere(track.sightings, frameHeight, 0.7)) continue;
    const steps = velocities(track.sightings);
    track.sightings.forEach((sighting, index) => {
      const speed = steps[Math.min(index, steps.length - 1)]?.speed ?? 0;
      moving[sighting.frame].push({ box: sighting, track: track.id, speed });
    });
  }
  return moving;
}

/**
 * Stretches without anything moving are shortened to four seconds: from empty to empty the cut cannot be seen. Footage
 * that would fall short of 15 seconds is kept whole.
 */
function keptFrames(moving: HeldOutGround['moving'], intervalS: number): number[] {
  const keep = Math.ceil(2 / intervalS);
  const busy = moving.map((things) => things.length > 0);
  const near = (frame: number) => busy.slice(Math.max(0, frame - keep), frame + keep + 1).some(Boolean);
  const kept = [...busy.keys()].filter(near);
  return kept.length * intervalS < 15 ? [...busy.keys()] : kept;
}

/** No colour anywhere: infrared or black and white. */
function isGrey(data: Uint8ClampedArray): boolean {
  let saturation = 0;
  for (let byte = 0; byte < data.length; byte += 4 * 53)
    saturation += Math.abs(data[byte] - data[byte + 1]) + Math.abs(data[byte + 2] - data[byte + 1]);
  return saturation / (data.length / (4 * 53)) < 4;
}

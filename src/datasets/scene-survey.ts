/** What normal footage tells about a scene before anything is planted in it. */
import type { Frame } from '../media/frame';
import { type Background, estimateBackground } from './background';
import { type NormalTraffic, observeTraffic } from './normal-traffic';
import { type ObjectTrack, ObjectTracker } from './object-tracks';
import { replayable } from './planting-ground';

/** Footage that can be read from its start more than once. */
export type Footage = () => AsyncIterable<Frame>;

/** What the normal footage tells about the scene; plain data. */
export interface SceneSurvey {
  background: Background;
  traffic: NormalTraffic;
  /** A few things that moved there, cut out, for footage in which hardly anything can be followed. */
  tracks: ObjectTrack[];
}

/** Nothing can be planted in this footage; the message says why. */
export class PlantingError extends Error {
  override name = 'PlantingError';
}

/** Learn background and traffic from normal footage (reads it twice). */
export async function surveyScene(footage: Footage, frameCount: number): Promise<SceneSurvey> {
  const every = Math.max(1, Math.floor(frameCount / 50));
  const samples: Frame[] = [];
  let index = 0;
  for await (const frame of footage()) if (index++ % every === 0 && samples.length < 80) samples.push(frame);
  if (!samples.length) throw new PlantingError('There is no normal footage to learn the background from.');
  const background = estimateBackground(samples);
  const tracker = new ObjectTracker(background, { sprites: true });
  for await (const frame of footage()) tracker.step(frame);
  const tracks = tracker.finish();
  const traffic = observeTraffic(tracks, background.height);
  if (!traffic)
    throw new PlantingError('Nothing moves in the normal footage, so there is nothing an anomaly could differ from.');
  return { background, traffic, tracks: longest(replayable(tracks, background), 12) };
}

const longest = (tracks: ObjectTrack[], count: number) =>
  tracks.sort((a, b) => b.sightings.length - a.sightings.length).slice(0, count);

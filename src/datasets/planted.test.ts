import { describe, expect, test } from 'vitest';
import type { Frame } from '../media/frame';
import { estimateBackground } from './background';
import { observeTraffic, shareInDirection } from './normal-traffic';
import { ObjectTracker } from './object-tracks';
import { plantClip } from './planted';
import type { PlantedFrame } from './planted-drawing';
import { PlantingError, surveyScene } from './scene-survey';
import { HEIGHT, WIDTH, walkers } from './walkers.fixture';

const footage = (frames: Frame[]) =>
  async function* () {
    yield* frames;
  };
const normal = walkers(20, 1);
const heldOut = walkers(32, 2);

async function collect(frames: AsyncIterable<PlantedFrame>): Promise<PlantedFrame[]> {
  const all: PlantedFrame[] = [];
  for await (const frame of frames) all.push(frame);
  return all;
}

describe('tracking', () => {
  test('the background is the picture without walkers', () => {
    const background = estimateBackground(normal.filter((_, index) => index % 5 === 0));
    const empty = 120 + 30 * Math.sin((60 * WIDTH + 60) / 7) + 20 * Math.sin((60 * WIDTH + 60) / 301);
    expect(Math.abs(background.data[(60 * WIDTH + 60) * 4] - empty)).toBeLessThan(4);
    expect(background.noise).toBeGreaterThan(1);
    expect(background.noise).toBeLessThan(4);
  });

  test('walkers become tracks of their size and speed, in one direction', () => {
    const tracker = new ObjectTracker(estimateBackground(normal.filter((_, index) => index % 5 === 0)));
    for (const frame of normal) tracker.step(frame);
    const tracks = tracker.finish().filter(({ sightings }) => sightings.length > 30);
    expect(tracks.length).toBeGreaterThanOrEqual(5);
    const traffic = observeTraffic(tracks, HEIGHT);
    expect(shareInDirection(traffic?.steps ?? [], 0)).toBeGreaterThan(0.95);
    const middle = tracks[1].sightings[tracks[1].sightings.length >> 1];
    expect(middle.x1 - middle.x0).toBeGreaterThan(7);
    expect(middle.x1 - middle.x0).toBeLessThan(16);
  });
});

describe('planted clips', async () => {
  const survey = await surveyScene(footage(normal), normal.length);
  const clip = await plantClip(footage(heldOut), survey, 7);
  const frames = await collect(clip.frames());

  test('hold several kinds with normal footage between them', () => {
    expect(new Set(clip.manifest.events.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(3);
    const share = frames.filter(({ label }) => label).length / frames.length;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.5);
    expect(frames).toHaveLength(clip.manifest.frames);
    clip.manifest.events.slice(1).forEach((event, index) => {
      expect(event.startS - clip.manifest.events[index].endS).toBeGreaterThan(2.4);
    });
  });

  test('times rise, labels and masks agree, boxes lie in the picture', () => {
    frames.forEach(({ frame, label, mask, truth }, index) => {
      if (index) expect(frame.timeS).toBeGreaterThan(frames[index - 1].frame.timeS);
      expect(label === 1).toBe(mask?.some(Boolean) ?? false);
      expect(truth.length > 0).toBe(label === 1);
      for (const box of truth) expect(box.x0 >= 0 && box.y0 >= 0 && box.x1 <= WIDTH && box.y1 <= HEIGHT).toBe(true);
    });
  });

  test('normal frames are untouched footage', () => {
    const originals = new Set(heldOut.map(({ data }) => data.join()));
    for (const { frame, label } of frames)
      if (!label && frame.timeS < clip.manifest.events[0].startS) expect(originals.has(frame.data.join())).toBe(true);
  });

  test('the same seed gives the same clip, another seed another', async () => {
    const again = await plantClip(footage(heldOut), survey, 7);
    expect(again.manifest).toEqual(clip.manifest);
    expect((await collect(again.frames()))[60].frame.data).toEqual(frames[60].frame.data);
    expect((await plantClip(footage(heldOut), survey, 8)).manifest.events).not.toEqual(clip.manifest.events);
  });

  test('replays are faster than the traffic by the factor in the manifest', async () => {
    for (const event of clip.manifest.events)
      if (event.kind === 'fast') expect(event.details.speedFactor).toBeGreaterThanOrEqual(2);
  });

  test('still footage is refused', async () => {
    const still = normal.map((frame) => ({ ...frame, data: normal[0].data }));
    await expect(surveyScene(footage(still), still.length)).rejects.toThrow(PlantingError);
  });
});

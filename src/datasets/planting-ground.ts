/** What anomalies are made from: tracked objects that can be replayed, and the traffic they would differ from. */
import { type Box, boxArea, boxCentre, boxHeight, intersectionArea } from '../lib/box';
import { goesSomewhere, type NormalTraffic, stepsNear } from './normal-traffic';
import type { ObjectTrack, Sighting } from './object-tracks';
import { movingStretch, straightness } from './track-path';

/** What the recipes draw from. */
export interface PlantingGround {
  width: number;
  height: number;
  traffic: NormalTraffic;
  /** Tracks with sprites; the objects to replay. */
  tracks: readonly ObjectTrack[];
  /** Mean brightness at a place, 0…255, and whether the footage is without colour. */
  brightness(x: number, y: number): number;
  grey: boolean;
  /** Share of the last `seconds` of the footage in which something overlaps the box, 0…1. */
  coveredAtEnd(box: Box, seconds: number): number;
}

/**
 * Tracks good enough to be replayed, cut to the stretch in which the object moves: it goes somewhere, rather straight, was
 * seen nearly all the time, and not only at the picture's border.
 */
export function replayable(tracks: readonly ObjectTrack[], size: { width: number; height: number }): ObjectTrack[] {
  return tracks.flatMap(({ id, sightings: all }) => {
    const sightings = movingStretch(all);
    if (sightings.length < 4 || !sightings[0].sprite) return [];
    const frames = sightings[sightings.length - 1].frame - sightings[0].frame + 1;
    const far = goesSomewhere(sightings, size.height, 1.2) && straightness(sightings) >= 0.6;
    const seen = sightings.length >= 0.85 * frames && inside(size, boxCentre(sightings[sightings.length >> 1]), 0.06);
    return far && seen ? [{ id, sightings }] : [];
  });
}

/** Whether a place lies in the picture, `margin` (a share of it) away from the sides and twice that from the top. */
export const inside = (size: { width: number; height: number }, { x, y }: { x: number; y: number }, margin: number) =>
  x > size.width * margin && x < size.width * (1 - margin) && y > size.height * 2 * margin && y < size.height;

/** Traffic around the middle of a path, within three object heights or a tenth of the picture. */
export function nearTrack(ground: PlantingGround, sightings: readonly Sighting[]) {
  const middle = sightings[sightings.length >> 1];
  const { x, y } = boxCentre(middle);
  return stepsNear(ground.traffic, x, y, Math.max(2.5 * boxHeight(middle), 0.1 * ground.width));
}

/** Overlapping something else by more than a fifth of the smaller: there it hides or is hidden, or walks through it. */
export const collides = (box: Box, others: readonly Box[]) =>
  others.some((other) => intersectionArea(box, other) > 0.2 * Math.min(boxArea(box), boxArea(other)));

/** From normal footage to the memory of it: scale of the scene, reference sets, motions seen at each place. */
import { boxCentre, boxHeight } from '../../lib/box';
import { createRng, type Rng } from '../../lib/rng';
import { type ExpectedHeight, fitExpectedHeight } from '../../normality/expected-height';
import { motionReferences, placeGrid } from '../../normality/motion-places';
import { learnPatches, type PatchMemory } from '../../normality/patch-memory';
import { type ReferenceSet, sampledReferences } from '../../normality/reference-set';
import { learnStill, type StillMemory } from '../../normality/still-memory';
import { UNKNOWN_CLASS } from '../../vision/suppression';
import { heightGrid, heightsMoved, type PlaceMemory } from './dense-cues';
import { learnDwell } from './dwell';
import type { HybridFeatures, ObjectFeatures } from './features';
import { isKnown, isWhole, type ObjectMemory, shapeRow, velocityRow } from './object-cues';

/** All that normal footage leaves behind. */
export interface HybridMemory {
  objects: ObjectMemory;
  motion: PlaceMemory;
  still: StillMemory;
  /** Null where the finder does not tell what the picture looks like. */
  patches: PatchMemory | null;
}

const LIMITS = { velocity: 8000, classes: 2000, look: 1500, shape: 4000, place: 400 };
/** A detection must be this sure to say how tall things are. */
const SURE = 0.3;
/** Fewer heights than this say little. */
const FEWEST_HEIGHTS = 40;

/**
 * The scale of the scene, from the heights of the objects of its most frequent class: whole ones that move, where there are
 * enough of them, since what stands about may be furniture.
 */
export function learnHeight(frames: readonly HybridFeatures[]): ExpectedHeight {
  const size = frames[0];
  const sure = frames.flatMap((frame) => frame.objects.filter((object) => object.confidence >= SURE));
  const whole = sure.filter((object) => isWhole(object, size));
  const moving = whole.filter((object) => Math.hypot(object.flowX, object.flowY) > 0.2 * boxHeight(object.box));
  const chosen = [moving, whole, sure].find((objects) => objects.length >= FEWEST_HEIGHTS) ?? sure;
  const common = mostFrequentClass(chosen);
  const samples = chosen
    .filter((object) => object.classIndex === common)
    .map((object) => ({
      thing: object.trackId,
      x: boxCentre(object.box).x,
      y: object.box.y1,
      height: Math.max(2, boxHeight(object.box)),
    }));
  return fitExpectedHeight(samples, size.frameWidth, size.frameHeight);
}

function mostFrequentClass(objects: readonly ObjectFeatures[]): number {
  const counts = new Map<number, number>();
  for (const { classIndex } of objects) counts.set(classIndex, (counts.get(classIndex) ?? 0) + 1);
  let common = UNKNOWN_CLASS;
  if (counts.size > 1) counts.delete(UNKNOWN_CLASS);
  for (const [classIndex, count] of counts)
    if (common === UNKNOWN_CLASS || count > (counts.get(common) ?? 0)) common = classIndex;
  return common;
}

/** The memory of normal frames. Throws where there is no frame at all. */
export function learnMemory(frames: readonly HybridFeatures[], height: ExpectedHeight, seed: number): HybridMemory {
  const rng = createRng(seed);
  const size = frames[0];
  const objects = frames.flatMap((frame) => frame.objects);
  const draw = (rows: ArrayLike<number>[], dimensions: number, limit: number): ReferenceSet =>
    sampledReferences(rows, dimensions, limit, rng);
  return {
    objects: {
      height,
      velocity: draw(
        objects.map((object) => velocityRow(object, height, size)),
        4,
        LIMITS.velocity,
      ),
      classes: draw(
        objects.map((object) => object.classes),
        80,
        LIMITS.classes,
      ),
      look: draw(
        objects.filter(isKnown).map((object) => object.embedding),
        objects[0]?.embedding.length ?? 128,
        LIMITS.look,
      ),
      shape: draw(
        objects.map((object) => shapeRow(object, height)),
        4,
        LIMITS.shape,
      ),
      dwell: learnDwell(frames, placeGrid(size.flowGrid)),
    },
    motion: learnMotion(frames, height, rng),
    still: learnStill(frames),
    patches: learnPatches(
      frames.flatMap(({ patches }) => patches ?? []),
      rng.fork('patches'),
    ),
  };
}

function learnMotion(frames: readonly HybridFeatures[], height: ExpectedHeight, rng: Rng): PlaceMemory {
  const grid = frames[0].flowGrid;
  const heights = heightGrid(grid, height);
  const places = placeGrid(grid);
  const rowOf = (frame: HybridFeatures, cell: number) => heightsMoved(frame, heights, cell);
  return { ...places, places: motionReferences(frames, places, grid, rowOf, { limit: LIMITS.place, rng }) };
}

/** The synthetic plaza: any moment of its endless life as a frame, with the exact truth about what in it is unusual. */
import { type Box, boxArea, clippedBox } from '../../lib/box';
import type { Frame, SourceInfo } from '../frame';
import type { Actor, ActorKind, AnomalyKind } from './actor';
import { demoSchedule, type Planted, plantedActors } from './anomalies';
import { type Backdrop, plazaBackdrop } from './backdrop';
import { castShadows, drawParts } from './body';
import type { CameraView } from './camera';
import { type Lane, plazaCrowd } from './crowd';
import { SUN, SWITCHED_LIGHT, sunThroughClouds } from './daylight';
import { cameraDeveloper } from './develop';
import { hash } from './hash';
import type { Brush, Picture } from './raster';

export interface PlazaOptions {
  /** Fixes who comes when, their looks, the clouds and the noise. */
  seed?: number;
  /** Size in pixels, 64…4096 each; 640×360 unless told. */
  width?: number;
  height?: number;
  /** Frames per second, 15 unless told. */
  fps?: number;
  /** Length in seconds; null (unless told) for no end. */
  durationS?: number | null;
  /** Which second of the plaza's life the first frame shows: two ranges of one life share nothing but what is normal. */
  startS?: number;
  /** Nothing unusual; the demo's endless round; or exactly these. Times are seconds of the source. */
  anomalies?: 'none' | 'demo' | readonly Planted[];
  /** Second of the source from which the demo's round counts; its first anomaly comes 6.5 s later. */
  anomaliesFromS?: number;
  /** Camera noise, 1 as a cheap camera has (σ 1.9 levels), 0 none. */
  noise?: number;
  /** How the camera hangs, and who walks where; the demo's unless told. The demo's anomalies suit the demo's streams only. */
  view?: CameraView;
  lanes?: readonly Lane[];
  /** Second of the source at which the light drops at once to 60 %, as if switched; null for never. */
  lightSwitchAtS?: number | null;
}

/** Something that is in the picture, for the record. */
export interface TrueObject extends Box {
  id: number;
  kind: ActorKind;
  abnormal: boolean;
}

/** What is really there at a frame. */
export interface Truth {
  /** Whether any unusual thing shows; it counts once a third of its box is in the picture. */
  abnormal: boolean;
  /** The largest unusual thing's kind. */
  kind: AnomalyKind | null;
  /** Everyone and everything that moves or was brought, unusual or not. */
  boxes: TrueObject[];
  /** Per pixel 1 where an unusual thing is seen. */
  mask: Uint8Array;
}

export interface Plaza {
  info: SourceInfo;
  fps: number;
  /** Frame `index` (from 0) and its truth; a pure function of index and options. Throws a RangeError beyond the end. */
  frameAt(index: number): { frame: Frame; truth: Truth };
}

const VISIBLE_SHARE = 1 / 3;

/** A plaza; the first one of a size takes about a second to build. Throws a RangeError on sizes or rates that cannot be drawn. */
export function createPlaza(options: PlazaOptions = {}): Plaza {
  const {
    seed = 1,
    width = 640,
    height = 360,
    fps = 15,
    durationS = null,
    startS = 0,
    noise = 1,
    lightSwitchAtS = null,
  } = options;
  check(width, height, fps);
  const backdrop = plazaBackdrop(width, height, options.view);
  const crowd = plazaCrowd(seed, backdrop.camera, options.lanes);
  const develop = cameraDeveloper(width, height, noise);
  const picture: Picture = {
    width,
    height,
    light: new Float32Array(width * height * 3),
    sunward: backdrop.camera.axes(...SUN),
    depth: backdrop.depth,
    shadow: new Float32Array(width * height),
    owner: new Uint8Array(width * height),
  };
  const info: SourceInfo = {
    kind: 'demo',
    name: 'Demo plaza',
    id: 'demo-plaza',
    width,
    height,
    durationS,
    live: false,
  };
  return {
    info,
    fps,
    frameAt(index) {
      const timeS = index / fps;
      if (index < 0 || (durationS !== null && timeS >= durationS))
        throw new RangeError(
          `No frame ${index}: the plaza lasts ${durationS ?? 'for ever'} s at ${fps} frames per second.`,
        );
      const worldS = startS + timeS;
      const planted = scheduleOf(options, timeS).map(({ kind, atS }) => ({ kind, atS: atS + startS }));
      const actors = [...crowd(worldS), ...plantedActors(seed, backdrop.camera, planted, worldS)].sort(
        (a, b) => b.z - a.z,
      );
      castAll(picture, backdrop, actors);
      lightUp(picture, backdrop, seed, worldS);
      const truth = drawAll(picture, backdrop, actors, seed, worldS);
      const gain = lightSwitchAtS !== null && timeS >= lightSwitchAtS ? SWITCHED_LIGHT : 1;
      const data = develop(picture.light, hash(seed, Math.round(worldS * 1000)), gain);
      return { frame: { timeS, width, height, data }, truth };
    },
  };
}

function check(width: number, height: number, fps: number): void {
  for (const side of [width, height])
    if (!Number.isInteger(side) || side < 64 || side > 4096)
      throw new RangeError(`Cannot draw a plaza of ${width}×${height} pixels; each side must be 64…4096.`);
  if (!(fps > 0 && fps <= 240)) throw new RangeError(`Cannot draw ${fps} frames per second; choose 1…240.`);
}

function scheduleOf({ anomalies = 'none', anomaliesFromS = 0 }: PlazaOptions, timeS: number): readonly Planted[] {
  if (anomalies === 'none') return [];
  return anomalies === 'demo' ? demoSchedule(anomaliesFromS, timeS) : anomalies;
}

function castAll(picture: Picture, { camera }: Backdrop, actors: readonly Actor[]): void {
  picture.shadow.fill(0);
  for (const actor of actors) castShadows(picture, camera, actor.parts);
}

/** Fills the picture with the empty plaza under the present sun and the moving shadows. */
function lightUp(picture: Picture, backdrop: Backdrop, seed: number, worldS: number): void {
  const { width, height, light, shadow } = picture;
  const { ambient, sun, ground } = backdrop;
  const clouds = Float32Array.from({ length: width }, (_, x) => sunThroughClouds(seed, worldS, x / width));
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const dark = shadow[pixel] * ground[pixel];
      const direct = clouds[x] * (1 - dark);
      const around = 1 - 0.22 * dark;
      const at = pixel * 3;
      light[at] = ambient[at] * around + sun[at] * direct;
      light[at + 1] = ambient[at + 1] * around + sun[at + 1] * direct;
      light[at + 2] = ambient[at + 2] * around + sun[at + 2] * direct;
    }
  }
}

/** Draws everyone far to near and takes the record. */
function drawAll(
  picture: Picture,
  { camera, sunlightAt }: Backdrop,
  actors: readonly Actor[],
  seed: number,
  worldS: number,
): Truth {
  const owner = picture.owner as Uint8Array;
  owner.fill(0);
  const boxes: TrueObject[] = [];
  for (const { id, kind, abnormal, x, z, parts } of actors) {
    const at = camera.project(x, 0.9, z);
    const cloud = sunThroughClouds(seed, worldS, Math.min(1, Math.max(0, at.x / picture.width)));
    const sun = cloud * (sunlightAt(x, 1.2, z) + sunlightAt(x, 0.4, z)) * 0.5;
    const brush: Brush = {
      sun,
      depth: at.depth,
      owner: abnormal ? 1 : 0,
      box: { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity },
    };
    drawParts(picture, camera, brush, parts);
    const seen = clippedBox(brush.box, picture.width, picture.height);
    if (boxArea(seen) >= boxArea(brush.box) * VISIBLE_SHARE && boxArea(seen) > 0)
      boxes.push({ ...seen, id, kind, abnormal });
  }
  const unusual = boxes.filter((box) => box.abnormal).sort((a, b) => boxArea(b) - boxArea(a));
  return {
    abnormal: unusual.length > 0,
    kind: unusual.length > 0 ? (unusual[0].kind as AnomalyKind) : null,
    boxes,
    mask: owner.slice(),
  };
}

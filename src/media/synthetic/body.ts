/** What a moving thing is made of: round limbs and flat faces in world metres, drawn far to near. */
import type { Camera } from './camera';
import type { Rgb } from './colour';
import { SUN } from './daylight';
import { type Brush, drawFace, drawLimb, drawShadow, type Picture } from './raster';

export type Point = readonly [x: number, y: number, z: number];

/** A rounded cone from `a` (radius `ra`) to `b` (radius `rb`), metres. */
export interface Limb {
  a: Point;
  ra: number;
  b: Point;
  rb: number;
  colour: Rgb;
}

/** A flat convex face; drawn only where its outward normal looks at the camera. */
export interface Face {
  corners: readonly Point[];
  normal: Point;
  colour: Rgb;
}

export type Part = Limb | Face;

/** A limb of even thickness. */
export const limb = (a: Point, b: Point, ra: number, colour: Rgb, rb = ra): Limb => ({ a, ra, b, rb, colour });

/** The point a share of the way from a to b. */
export const between = (a: Point, b: Point, share: number): Point => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

/** The faces of an upright box from corner to corner. */
export function boxFaces(low: Point, high: Point, colour: Rgb): Face[] {
  const [x0, y0, z0] = low;
  const [x1, y1, z1] = high;
  const face = (normal: Point, ...corners: Point[]): Face => ({ corners, normal, colour });
  return [
    face([0, 0, -1], [x0, y0, z0], [x1, y0, z0], [x1, y1, z0], [x0, y1, z0]),
    face([-1, 0, 0], [x0, y0, z0], [x0, y0, z1], [x0, y1, z1], [x0, y1, z0]),
    face([1, 0, 0], [x1, y0, z0], [x1, y0, z1], [x1, y1, z1], [x1, y1, z0]),
    face([0, 1, 0], [x0, y1, z0], [x1, y1, z0], [x1, y1, z1], [x0, y1, z1]),
  ];
}

/** Draws the parts as one figure, far to near. */
export function drawParts(picture: Picture, camera: Camera, brush: Brush, parts: readonly Part[]): void {
  const ordered = parts
    .map((part) => ({ part, distance: distanceOf(camera, part) }))
    .sort((p, q) => q.distance - p.distance);
  for (const { part } of ordered) {
    if ('corners' in part) drawVisibleFace(picture, camera, brush, part);
    else drawLimb(picture, brush, camera.project(...part.a), part.ra, camera.project(...part.b), part.rb, part.colour);
  }
}

function drawVisibleFace(picture: Picture, camera: Camera, brush: Brush, face: Face): void {
  const [x, y, z] = face.corners[0];
  if (face.normal[0] * x + face.normal[1] * (y - camera.eyeHeight) + face.normal[2] * z >= 0) return;
  drawFace(
    picture,
    brush,
    face.corners.map((corner) => camera.project(...corner)),
    face.normal,
    face.colour,
  );
}

/** Distance of a part's middle from the camera; its nearest face stands a little nearer. */
function distanceOf(camera: Camera, part: Part): number {
  const points = 'corners' in part ? part.corners : [part.a, part.b];
  let sum = 0;
  for (const [x, y, z] of points) sum += Math.hypot(x, y - camera.eyeHeight, z);
  return sum / points.length - ('corners' in part ? 0 : Math.max(part.ra, part.rb));
}

/** Draws the shadows of the parts on the ground. */
export function castShadows(picture: Picture, camera: Camera, parts: readonly Part[]): void {
  for (const part of parts) {
    if ('corners' in part) castFace(picture, camera, part);
    else castLimb(picture, camera, part);
  }
}

function castLimb(picture: Picture, camera: Camera, part: Limb): void {
  const a = fallen(part.a);
  const b = fallen(part.b);
  const from = camera.project(...a);
  const to = camera.project(...b);
  const height = (part.a[1] + part.b[1]) / 2;
  const soft = 0.6 + height * 0.018 * from.pixelsPerMetre;
  drawShadow(picture, from, part.ra, to, part.rb, camera.eyeHeight / Math.hypot(camera.eyeHeight, a[2]), soft);
}

/** A face's shadow, as bars across it: enough for the boxes of a cart. */
function castFace(picture: Picture, camera: Camera, face: Face): void {
  if (face.corners.length !== 4) return;
  const [a, b, c, d] = face.corners;
  const bars = 5;
  for (let i = 0; i < bars; i++) {
    const from = between(a, d, (i + 0.5) / bars);
    const to = between(b, c, (i + 0.5) / bars);
    const radius = Math.hypot(...fallen(a).map((value, axis) => value - fallen(d)[axis])) / bars / 1.6;
    castLimb(picture, camera, {
      a: from,
      ra: Math.min(radius, 0.25),
      b: to,
      rb: Math.min(radius, 0.25),
      colour: [0, 0, 0],
    });
  }
}

/** Where the sun throws a point's shadow on the ground. */
const fallen = ([x, y, z]: Point): Point => [x - (SUN[0] / SUN[1]) * y, 0, z - (SUN[2] / SUN[1]) * y];

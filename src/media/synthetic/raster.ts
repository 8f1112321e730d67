/** Anti-aliased drawing of limbs and faces into a picture of linear light, with depth, and of their shadows on the ground. */

import type { Projected } from './camera';
import type { Rgb } from './colour';
import { BOUNCE, SKYLIGHT, SUN, SUNLIGHT } from './daylight';

/** A picture being drawn. */
export interface Picture {
  width: number;
  height: number;
  /** RGB, linear light. */
  light: Float32Array;
  /** Direction of the sun in camera axes: right, down, towards the camera. */
  sunward: readonly [number, number, number];
  /** Distance of the standing parts, metres: what is drawn farther away is hidden. */
  depth: Float32Array;
  /** Shadow of the sun by moving things, 0…1. */
  shadow: Float32Array;
  /** Where set: which figure owns a pixel (0 none); for exact masks. */
  owner: Uint8Array | null;
}

/** How a figure is lit and what it leaves behind. */
export interface Brush {
  /** Share of the sun on it, 0…1. */
  sun: number;
  /** Its distance, metres. */
  depth: number;
  owner: number;
  /** Grows to hold all that was drawn, in pixels. */
  box: { x0: number; y0: number; x1: number; y1: number };
}

/** Draws a limb between two projected points, thick ra and rb metres there, shaded as a round body. */
export function drawLimb(
  picture: Picture,
  brush: Brush,
  a: Projected,
  ra: number,
  b: Projected,
  rb: number,
  colour: Rgb,
): void {
  const radiusA = ra * a.pixelsPerMetre;
  const radiusB = rb * b.pixelsPerMetre;
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const inverse = 1 / (dx * dx + dy * dy + 1e-6);
  const { width, light, depth, owner, sunward } = picture;
  const bounds = reach(
    picture,
    brush,
    Math.min(a.x - radiusA, b.x - radiusB),
    Math.min(a.y - radiusA, b.y - radiusB),
    Math.max(a.x + radiusA, b.x + radiusB),
    Math.max(a.y + radiusA, b.y + radiusB),
  );
  for (let y = bounds.y0; y < bounds.y1; y++) {
    for (let x = bounds.x0; x < bounds.x1; x++) {
      const px = x + 0.5 - a.x;
      const py = y + 0.5 - a.y;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) * inverse));
      const radius = radiusA + (radiusB - radiusA) * along;
      const nx = px - dx * along;
      const ny = py - dy * along;
      const away = Math.sqrt(nx * nx + ny * ny);
      const cover = Math.min(1, radius - away + 0.5) * Math.min(1, radius * 2);
      if (cover <= 0) continue;
      const pixel = y * width + x;
      if (depth[pixel] < brush.depth) continue;
      const scale = 1 / Math.max(radius, away, 0.5);
      const sun = brush.sun * fold(along, nx * scale, radiusA);
      shade(light, pixel * 3, cover, colour, nx * scale, ny * scale, sun, sunward);
      if (owner && cover > 0.5) owner[pixel] = brush.owner;
    }
  }
}

/** Folds of cloth: sunlight gathers and thins along a limb. */
const fold = (along: number, across: number, phase: number) => 1 + 0.24 * Math.sin(along * 11 + across * 4 + phase * 7);

/** Blends a surface with its normal (nx, ny right and down, unit disc) over a pixel. */
function shade(
  light: Float32Array,
  at: number,
  cover: number,
  colour: Rgb,
  nx: number,
  ny: number,
  sun: number,
  sunward: readonly [number, number, number],
): void {
  const nz = Math.sqrt(Math.max(0, 1 - nx * nx - ny * ny));
  const facing = nx * sunward[0] + ny * sunward[1] + nz * sunward[2];
  const direct = sun * Math.max(0, facing * 0.85 + 0.15);
  const up = 0.55 - 0.45 * ny;
  blend(light, at, cover, colour, direct, up);
}

function blend(light: Float32Array, at: number, cover: number, colour: Rgb, direct: number, up: number): void {
  const keep = 1 - cover;
  for (let channel = 0; channel < 3; channel++) {
    const received = SUNLIGHT[channel] * direct + SKYLIGHT[channel] * up + BOUNCE[channel] * (1 - up);
    light[at + channel] = light[at + channel] * keep + colour[channel] * received * cover;
  }
}

/** Draws a flat convex face of the world; `normal` is its outward normal, `corners` go round it either way. */
export function drawFace(
  picture: Picture,
  brush: Brush,
  corners: readonly Projected[],
  normal: readonly [number, number, number],
  colour: Rgb,
): void {
  const { width, light, depth, owner } = picture;
  const direct = brush.sun * Math.max(0, normal[0] * SUN[0] + normal[1] * SUN[1] + normal[2] * SUN[2]);
  const up = 0.5 + 0.5 * normal[1];
  const edges = edgesOf(corners);
  const xs = corners.map((corner) => corner.x);
  const ys = corners.map((corner) => corner.y);
  const bounds = reach(picture, brush, Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
  for (let y = bounds.y0; y < bounds.y1; y++) {
    for (let x = bounds.x0; x < bounds.x1; x++) {
      let inside = 1;
      for (const edge of edges) inside = Math.min(inside, (x + 0.5) * edge.x + (y + 0.5) * edge.y - edge.offset + 0.5);
      const pixel = y * width + x;
      if (inside <= 0 || depth[pixel] < brush.depth) continue;
      blend(light, pixel * 3, inside, colour, direct, up);
      if (owner && inside > 0.5) owner[pixel] = brush.owner;
    }
  }
}

/** Inward half-planes of a convex outline. */
function edgesOf(corners: readonly Projected[]): { x: number; y: number; offset: number }[] {
  let turn = 0;
  corners.forEach((corner, i) => {
    const next = corners[(i + 1) % corners.length];
    turn += corner.x * next.y - next.x * corner.y;
  });
  const sign = turn > 0 ? 1 : -1;
  return corners.map((corner, i) => {
    const next = corners[(i + 1) % corners.length];
    const length = Math.hypot(next.x - corner.x, next.y - corner.y) || 1;
    const x = (-(next.y - corner.y) / length) * sign;
    const y = ((next.x - corner.x) / length) * sign;
    return { x, y, offset: corner.x * x + corner.y * y };
  });
}

/** Draws the shadow of a limb whose ends fall on a and b; `squash` is how much the ground is foreshortened there, `soft` the blur in pixels. */
export function drawShadow(
  picture: Picture,
  a: Projected,
  ra: number,
  b: Projected,
  rb: number,
  squash: number,
  soft: number,
): void {
  const radiusA = ra * a.pixelsPerMetre;
  const radiusB = rb * b.pixelsPerMetre;
  const dx = b.x - a.x;
  const dy = (b.y - a.y) / squash;
  const inverse = 1 / (dx * dx + dy * dy + 1e-6);
  const grow = Math.max(radiusA, radiusB) + soft;
  const x0 = Math.max(0, Math.floor(Math.min(a.x, b.x) - grow));
  const x1 = Math.min(picture.width, Math.ceil(Math.max(a.x, b.x) + grow));
  const y0 = Math.max(0, Math.floor(Math.min(a.y, b.y) - grow * squash));
  const y1 = Math.min(picture.height, Math.ceil(Math.max(a.y, b.y) + grow * squash) + 1);
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const px = x + 0.5 - a.x;
      const py = (y + 0.5 - a.y) / squash;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) * inverse));
      const away = Math.hypot(px - dx * along, py - dy * along);
      const cover = Math.min(1, (radiusA + (radiusB - radiusA) * along - away) / (soft * 2) + 0.5);
      const pixel = y * picture.width + x;
      if (cover > picture.shadow[pixel]) picture.shadow[pixel] = cover;
    }
  }
}

/** Widens the brush's box to these bounds and returns the pixels of the picture they touch. */
function reach(picture: Picture, brush: Brush, x0: number, y0: number, x1: number, y1: number) {
  brush.box.x0 = Math.min(brush.box.x0, x0);
  brush.box.y0 = Math.min(brush.box.y0, y0);
  brush.box.x1 = Math.max(brush.box.x1, x1);
  brush.box.y1 = Math.max(brush.box.y1, y1);
  return {
    x0: Math.max(0, Math.floor(x0 - 0.5)),
    y0: Math.max(0, Math.floor(y0 - 0.5)),
    x1: Math.min(picture.width, Math.ceil(x1 + 0.5)),
    y1: Math.min(picture.height, Math.ceil(y1 + 0.5)),
  };
}

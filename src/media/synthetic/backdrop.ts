/** The empty plaza, traced once per picture size and view and kept as two layers of light, so that clouds and shadows can be set anew in every frame. */
import { arcadeLetsIn, FACADE_Z, meetArcade } from './arcade';
import { type Camera, type CameraView, PLAZA_VIEW, plazaCamera } from './camera';
import type { Rgb } from './colour';
import { BOUNCE, SKYLIGHT, SUN, SUNLIGHT } from './daylight';
import { plazaFurniture } from './furniture';
import { unit } from './hash';
import { pavingColour } from './paving';
import { skylineColour } from './skyline';
import { type Cluster, clustersAround, isBlocked, lightThrough, nearestHit, type Ray } from './solids';

/** Layers of width × height pixels, linear light. */
export interface Backdrop {
  camera: Camera;
  /** RGB by sky and bounced light. */
  ambient: Float32Array;
  /** RGB by the open sun, standing shadows included. */
  sun: Float32Array;
  /** Distance of what can hide a figure along the optical axis, metres; Infinity for ground and sky. */
  depth: Float32Array;
  /** Share of the pixel that is open ground, 0…1: where moving shadows fall. */
  ground: Float32Array;
  /** Share of the sun that reaches a point of the world past all that stands, 0…1. */
  sunlightAt(x: number, y: number, z: number): number;
}

/** What one ray sees. */
interface Sample {
  ambient: Rgb;
  sun: Rgb;
  depth: number;
  ground: boolean;
}

/** The solids a ray is tried on: those near its tile, and those between it and the sun. */
interface Standing {
  near: Cluster[];
  all: Cluster[];
}

const RAYS_PER_SIDE = 2;
const TILE = 16;
/** How far around a point things dim its sky light, metres. */
const CONTACT_REACH = 1.6;
/** Views kept at once: a few megabytes each. */
const MOST_KEPT = 8;
const made = new Map<string, Backdrop>();

/** The empty plaza at this size; traced on the first call (about a second at 640×360), kept for the next. */
export function plazaBackdrop(width: number, height: number, view: CameraView = PLAZA_VIEW): Backdrop {
  const key = [width, height, view.height, view.pitch, view.focal].join();
  let backdrop = made.get(key);
  if (!backdrop) {
    backdrop = trace(plazaCamera(width, height, view));
    if (made.size >= MOST_KEPT) made.clear();
    made.set(key, backdrop);
  }
  return backdrop;
}

function trace(camera: Camera): Backdrop {
  const { width, height } = camera;
  const pixels = width * height;
  const clusters = plazaFurniture();
  const backdrop: Backdrop = {
    camera,
    ambient: new Float32Array(pixels * 3),
    sun: new Float32Array(pixels * 3),
    depth: new Float32Array(pixels),
    ground: new Float32Array(pixels),
    sunlightAt: (x, y, z) => lightThrough(clusters, rayFrom(x, y, z, SUN[0], SUN[1], SUN[2]), 40),
  };
  for (let y = 0; y < height; y += TILE) for (let x = 0; x < width; x += TILE) traceTile(backdrop, clusters, x, y);
  return backdrop;
}

/** Traces a square of pixels against the solids that can show in it; the sun looks past all of them. */
function traceTile(backdrop: Backdrop, all: Cluster[], left: number, top: number): void {
  const { camera } = backdrop;
  const cone = (TILE * 0.75) / camera.focal;
  const near = clustersAround(all, camera.eyeHeight, camera.ray(left + TILE / 2, top + TILE / 2), cone, CONTACT_REACH);
  for (let y = top; y < Math.min(top + TILE, camera.height); y++) {
    for (let x = left; x < Math.min(left + TILE, camera.width); x++) tracePixel(backdrop, { near, all }, x, y);
  }
}

/** The mean of a pixel's rays; its depth is that of the farthest, so that figures keep whole outlines before edges. */
function tracePixel(backdrop: Backdrop, standing: Standing, x: number, y: number): void {
  const { camera, ambient, sun } = backdrop;
  const pixel = y * camera.width + x;
  const weight = 1 / (RAYS_PER_SIDE * RAYS_PER_SIDE);
  for (let ray = 0; ray < RAYS_PER_SIDE * RAYS_PER_SIDE; ray++) {
    const across = ((ray % RAYS_PER_SIDE) + 0.5) / RAYS_PER_SIDE;
    const down = (Math.floor(ray / RAYS_PER_SIDE) + 0.5) / RAYS_PER_SIDE;
    const seen = look(camera, standing, x + across, y + down, pixel * 4 + ray);
    for (let channel = 0; channel < 3; channel++) {
      ambient[pixel * 3 + channel] += seen.ambient[channel] * weight;
      sun[pixel * 3 + channel] += seen.sun[channel] * weight;
    }
    backdrop.depth[pixel] = Math.max(backdrop.depth[pixel], seen.depth);
    backdrop.ground[pixel] += seen.ground ? weight : 0;
  }
}

const rayFrom = (ox: number, oy: number, oz: number, dx: number, dy: number, dz: number): Ray => ({
  ox,
  oy,
  oz,
  dx,
  dy,
  dz,
});

function look(camera: Camera, standing: Standing, px: number, py: number, chance: number): Sample {
  const [dx, dy, dz] = camera.ray(px, py);
  const ray = rayFrom(0, camera.eyeHeight, 0, dx, dy, dz);
  const hit = nearestHit(standing.near, ray);
  const toGround = dy < 0 ? -camera.eyeHeight / dy : Number.POSITIVE_INFINITY;
  const toFacade = FACADE_Z / dz;
  if (hit.solid && hit.distance < Math.min(toGround, toFacade)) {
    const { distance: t } = hit;
    return lit(
      camera,
      standing,
      hit.solid.colour,
      [hit.nx, hit.ny, hit.nz],
      [dx * t, camera.eyeHeight + dy * t, dz * t],
      leafLight(hit.solid),
      chance,
      false,
    );
  }
  if (toGround < toFacade) {
    const x = dx * toGround;
    const z = dz * toGround;
    const pixelM = (z * 1.2) / camera.focal;
    const nearWall = 1 - 0.35 * Math.exp(-(FACADE_Z - z) / 0.7);
    return lit(camera, standing, pavingColour(x, z, pixelM), [0, 1, 0], [x, 0, z], nearWall, chance, true);
  }
  const facade = meetArcade(0, camera.eyeHeight, 0, dx, dy, dz);
  if (facade)
    return lit(
      camera,
      standing,
      facade.colour,
      facade.normal,
      [facade.x, facade.y, facade.z],
      facade.open,
      chance,
      false,
    );
  const sky = skylineColour(dx / dz, dy / dz);
  return {
    ambient: [sky[0] * 0.72, sky[1] * 0.74, sky[2] * 0.78],
    sun: [sky[0] * 0.24, sky[1] * 0.22, sky[2] * 0.19],
    depth: Number.POSITIVE_INFINITY,
    ground: false,
  };
}

/** Leaves let light through: they count as seeing less of the sky but never go black. */
const leafLight = (solid: { shape: string; ragged?: boolean }) => (solid.ragged ? 0.9 : 1);

/** Sky light dimmed by what is near, and sunlight past all that stands, on a surface. */
function lit(
  camera: Camera,
  standing: Standing,
  colour: Rgb,
  normal: readonly [number, number, number],
  at: readonly [number, number, number],
  open: number,
  chance: number,
  ground: boolean,
): Sample {
  const [nx, ny, nz] = normal;
  const [x, y, z] = at;
  const up = 0.5 + 0.5 * ny;
  const sees = open * nearbyOpening(standing.near, x, y, z, nx, ny, nz, chance);
  const ambient: Rgb = [
    colour[0] * sees * (SKYLIGHT[0] * up + BOUNCE[0] * (1 - up)),
    colour[1] * sees * (SKYLIGHT[1] * up + BOUNCE[1] * (1 - up)),
    colour[2] * sees * (SKYLIGHT[2] * up + BOUNCE[2] * (1 - up)),
  ];
  const facing = nx * SUN[0] + ny * SUN[1] + nz * SUN[2];
  const share = facing > 0 ? facing * sunShare(standing.all, x + nx * 0.02, y + ny * 0.02, z + nz * 0.02) : 0;
  const sun: Rgb = [colour[0] * SUNLIGHT[0] * share, colour[1] * SUNLIGHT[1] * share, colour[2] * SUNLIGHT[2] * share];
  return { ambient, sun, depth: ground ? Number.POSITIVE_INFINITY : camera.project(x, y, z).depth, ground };
}

/** Share of the sky that nothing within reach hides, by one ray; a pixel's four rays look to four sides. */
function nearbyOpening(
  clusters: Cluster[],
  x: number,
  y: number,
  z: number,
  nx: number,
  ny: number,
  nz: number,
  chance: number,
): number {
  if (clusters.length === 0) return 1;
  const turn = (((chance & 3) + unit(chance, 0, 71)) * Math.PI) / 2;
  const rise = unit(chance, 0, 72) * 2 - 1;
  const flat = Math.sqrt(1 - rise * rise);
  const dx = nx * 1.05 + Math.cos(turn) * flat;
  const dy = ny * 1.05 + rise;
  const dz = nz * 1.05 + Math.sin(turn) * flat;
  const length = Math.hypot(dx, dy, dz);
  return isBlocked(clusters, rayFrom(x, y, z, dx / length, dy / length, dz / length), CONTACT_REACH) ? 0.5 : 1;
}

/** Share of the sun that reaches a point of the plaza or of the walk behind the arches. */
function sunShare(clusters: Cluster[], x: number, y: number, z: number): number {
  if (z > FACADE_Z && !arcadeLetsIn(x, y, z, SUN)) return 0;
  return lightThrough(clusters, rayFrom(x, y, z, SUN[0], SUN[1], SUN[2]), 40);
}

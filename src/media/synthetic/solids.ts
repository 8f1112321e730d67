/** Ray against solid: the spheres, boxes and posts that the standing parts of the plaza are built of. */
import type { Rgb } from './colour';

/** A solid in metres. Foliage is a sphere with a ragged rim. */
export type Solid =
  | { shape: 'sphere'; x: number; y: number; z: number; radius: number; colour: Rgb; ragged: boolean }
  | { shape: 'box'; x0: number; y0: number; z0: number; x1: number; y1: number; z1: number; colour: Rgb }
  | { shape: 'post'; x: number; z: number; y0: number; y1: number; radius: number; colour: Rgb };

/** Solids that stand together, inside one sphere that most rays miss. */
export interface Cluster {
  x: number;
  y: number;
  z: number;
  radius: number;
  solids: Solid[];
}

export interface Ray {
  ox: number;
  oy: number;
  oz: number;
  dx: number;
  dy: number;
  dz: number;
}

/** The nearest solid on a ray: distance, normal, and which; `distance` is Infinity where it meets none. */
export interface Hit {
  distance: number;
  nx: number;
  ny: number;
  nz: number;
  solid: Solid | null;
}

/** The nearest hit of a ray among clusters. */
export function nearestHit(clusters: readonly Cluster[], ray: Ray): Hit {
  const hit: Hit = { distance: Number.POSITIVE_INFINITY, nx: 0, ny: 1, nz: 0, solid: null };
  for (const cluster of clusters) {
    if (!mayMeet(cluster, ray)) continue;
    for (const solid of cluster.solids) meet(solid, ray, hit);
  }
  return hit;
}

/** Whether anything stands on the ray within `reach` metres. */
export function isBlocked(clusters: readonly Cluster[], ray: Ray, reach: number): boolean {
  const hit: Hit = { distance: reach, nx: 0, ny: 0, nz: 0, solid: null };
  for (const cluster of clusters) {
    if (!mayMeet(cluster, ray)) continue;
    for (const solid of cluster.solids) {
      meet(solid, ray, hit);
      if (hit.solid) return true;
    }
  }
  return false;
}

/** Share of light that comes through along a ray, 0…1: foliage thins it, everything else stops it. */
export function lightThrough(clusters: readonly Cluster[], ray: Ray, reach: number): number {
  const hit: Hit = { distance: reach, nx: 0, ny: 0, nz: 0, solid: null };
  let light = 1;
  for (const cluster of clusters) {
    if (!mayMeet(cluster, ray)) continue;
    for (const solid of cluster.solids) {
      if (solid.shape === 'sphere' && solid.ragged) light *= leafLight(solid, ray);
      else meet(solid, ray, hit);
      if (hit.solid || light < 0.02) return 0;
    }
  }
  return light;
}

/** Light that a ball of leaves lets through: less the longer the way inside it. */
function leafLight(solid: Solid & { shape: 'sphere' }, ray: Ray): number {
  const x = solid.x - ray.ox;
  const y = solid.y - ray.oy;
  const z = solid.z - ray.oz;
  const along = x * ray.dx + y * ray.dy + z * ray.dz;
  const miss = (x * x + y * y + z * z - along * along) / (solid.radius * solid.radius);
  return miss >= 1 || along <= 0 ? 1 : 1 - 0.5 * (1 - miss);
}

/** The clusters that rays from (0, height, 0) within a cone around a direction can come near: at most `margin` metres. */
export function clustersAround(
  clusters: readonly Cluster[],
  height: number,
  direction: readonly [number, number, number],
  cone: number,
  margin: number,
): Cluster[] {
  return clusters.filter((cluster) => {
    const y = cluster.y - height;
    const distance = Math.hypot(cluster.x, y, cluster.z);
    const reach = cluster.radius + margin;
    if (distance <= reach) return true;
    const cosine = (cluster.x * direction[0] + y * direction[1] + cluster.z * direction[2]) / distance;
    return Math.acos(Math.min(1, cosine)) < cone + Math.asin(reach / distance);
  });
}

/** Puts solids that stand together under one bounding sphere. */
export function clustered(solids: Solid[]): Cluster {
  const bounds = solids.map(boundsOf);
  const x0 = Math.min(...bounds.map((b) => b[0]));
  const y0 = Math.min(...bounds.map((b) => b[1]));
  const z0 = Math.min(...bounds.map((b) => b[2]));
  const x1 = Math.max(...bounds.map((b) => b[3]));
  const y1 = Math.max(...bounds.map((b) => b[4]));
  const z1 = Math.max(...bounds.map((b) => b[5]));
  return {
    x: (x0 + x1) / 2,
    y: (y0 + y1) / 2,
    z: (z0 + z1) / 2,
    radius: Math.hypot(x1 - x0, y1 - y0, z1 - z0) / 2,
    solids,
  };
}

function boundsOf(solid: Solid): [number, number, number, number, number, number] {
  if (solid.shape === 'box') return [solid.x0, solid.y0, solid.z0, solid.x1, solid.y1, solid.z1];
  const { x, z, radius: r } = solid;
  return solid.shape === 'post'
    ? [x - r, solid.y0, z - r, x + r, solid.y1, z + r]
    : [x - r, solid.y - r, z - r, x + r, solid.y + r, z + r];
}

function mayMeet(cluster: Cluster, ray: Ray): boolean {
  const x = cluster.x - ray.ox;
  const y = cluster.y - ray.oy;
  const z = cluster.z - ray.oz;
  const along = x * ray.dx + y * ray.dy + z * ray.dz;
  const away = x * x + y * y + z * z;
  const reach = cluster.radius * cluster.radius;
  return away - along * along <= reach && (along > 0 || away < reach);
}

function meet(solid: Solid, ray: Ray, hit: Hit): void {
  if (solid.shape === 'sphere') meetSphere(solid, ray, hit);
  else if (solid.shape === 'box') meetBox(solid, ray, hit);
  else meetPost(solid, ray, hit);
}

function meetSphere(solid: Solid & { shape: 'sphere' }, ray: Ray, hit: Hit): void {
  const x = solid.x - ray.ox;
  const y = solid.y - ray.oy;
  const z = solid.z - ray.oz;
  const along = x * ray.dx + y * ray.dy + z * ray.dz;
  const miss = x * x + y * y + z * z - along * along;
  const radius = solid.radius;
  if (miss > radius * radius) return;
  const distance = along - Math.sqrt(radius * radius - miss);
  if (distance < 0.02 || distance >= hit.distance) return;
  const nx = (ray.dx * distance - x) / radius;
  const ny = (ray.dy * distance - y) / radius;
  const nz = (ray.dz * distance - z) / radius;
  if (solid.ragged && miss > radius * radius * leafRim(nx, ny, nz, solid.x)) return;
  hit.distance = distance;
  hit.nx = nx;
  hit.ny = ny;
  hit.nz = nz;
  hit.solid = solid;
}

/** How much of a foliage sphere's disc is full here, 0.25…1.1: leaves are a fixed pattern of the direction. */
function leafRim(nx: number, ny: number, nz: number, phase: number): number {
  const leaves =
    Math.sin(nx * 17 + phase * 7) * Math.sin(ny * 19 - phase * 3) + Math.sin(nz * 23 + ny * 11 + phase) * 0.6;
  return 0.68 + leaves * 0.27;
}

function meetBox(solid: Solid & { shape: 'box' }, ray: Ray, hit: Hit): void {
  const ax = (solid.x0 - ray.ox) / ray.dx;
  const bx = (solid.x1 - ray.ox) / ray.dx;
  const ay = (solid.y0 - ray.oy) / ray.dy;
  const by = (solid.y1 - ray.oy) / ray.dy;
  const az = (solid.z0 - ray.oz) / ray.dz;
  const bz = (solid.z1 - ray.oz) / ray.dz;
  const inX = Math.min(ax, bx);
  const inY = Math.min(ay, by);
  const inZ = Math.min(az, bz);
  const enter = Math.max(inX, inY, inZ);
  const leave = Math.min(Math.max(ax, bx), Math.max(ay, by), Math.max(az, bz));
  if (enter > leave || enter < 0.02 || enter >= hit.distance) return;
  hit.distance = enter;
  hit.nx = enter === inX ? -Math.sign(ray.dx) : 0;
  hit.ny = enter === inY && hit.nx === 0 ? -Math.sign(ray.dy) : 0;
  hit.nz = hit.nx === 0 && hit.ny === 0 ? -Math.sign(ray.dz) : 0;
  hit.solid = solid;
}

function meetPost(solid: Solid & { shape: 'post' }, ray: Ray, hit: Hit): void {
  const x = ray.ox - solid.x;
  const z = ray.oz - solid.z;
  const a = ray.dx * ray.dx + ray.dz * ray.dz;
  const b = x * ray.dx + z * ray.dz;
  const disc = b * b - a * (x * x + z * z - solid.radius * solid.radius);
  if (disc < 0) return;
  const distance = (-b - Math.sqrt(disc)) / a;
  const y = ray.oy + ray.dy * distance;
  if (distance < 0.02 || distance >= hit.distance || y < solid.y0 || y > solid.y1) return;
  hit.distance = distance;
  hit.nx = (x + ray.dx * distance) / solid.radius;
  hit.ny = 0;
  hit.nz = (z + ray.dz * distance) / solid.radius;
  hit.solid = solid;
}

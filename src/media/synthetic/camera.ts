/** The plaza's camera: a pinhole on a mast, looking slightly down. World: x to the right, y up, z away, in metres; the camera stands over the origin. */

/** Height of the camera above the ground, metres. */
export const CAMERA_HEIGHT = 5;
/** How far it looks down, radians (12°). */
const PITCH = 0.2094;
/** Focal length as a share of the picture's width: 60° across. */
const FOCAL = 0.866;

/** A point on the picture, in pixels, and how many pixels a metre there has. */
export interface Projected {
  x: number;
  y: number;
  /** Distance along the optical axis, metres. */
  depth: number;
  pixelsPerMetre: number;
}

/** Maps the world onto a picture of width × height pixels. */
export interface Camera {
  width: number;
  height: number;
  /** Height of the pinhole above the ground, metres. */
  eyeHeight: number;
  project(x: number, y: number, z: number): Projected;
  /** Direction of the ray through a point of the picture, unit length. */
  ray(x: number, y: number): [x: number, y: number, z: number];
  /** Half the width of the world that is visible on the ground at distance z, metres. */
  halfWidthAt(z: number): number;
}

const SIN = Math.sin(PITCH);
const COS = Math.cos(PITCH);

/** A direction of the world in camera axes: right, down, towards the camera. */
export const inCameraAxes = (x: number, y: number, z: number): [number, number, number] => [
  x,
  -(y * COS + z * SIN),
  y * SIN - z * COS,
];

export function plazaCamera(width: number, height: number): Camera {
  const focal = width * FOCAL;
  return {
    width,
    height,
    eyeHeight: CAMERA_HEIGHT,
    project(x, y, z) {
      const rise = y - CAMERA_HEIGHT;
      const depth = Math.max(0.1, z * COS - rise * SIN);
      const pixelsPerMetre = focal / depth;
      return {
        x: width / 2 + x * pixelsPerMetre,
        y: height / 2 - (rise * COS + z * SIN) * pixelsPerMetre,
        depth,
        pixelsPerMetre,
      };
    },
    ray(x, y) {
      const right = (x - width / 2) / focal;
      const up = (height / 2 - y) / focal;
      const length = Math.hypot(right, up, 1);
      return [right / length, (up * COS - SIN) / length, (up * SIN + COS) / length];
    },
    halfWidthAt: (z) => ((z * COS + CAMERA_HEIGHT * SIN) * 0.5) / FOCAL,
  };
}

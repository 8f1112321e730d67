/** The plaza's camera: a pinhole on a mast, looking slightly down. World: x to the right, y up, z away, in metres; the camera stands over the origin. */

/** How the camera hangs. */
export interface CameraView {
  /** Above the ground, metres. */
  height: number;
  /** How far it looks down, radians. */
  pitch: number;
  /** Focal length as a share of the picture's width. */
  focal: number;
}

/** The demo's: 5 m up, 12° down, 60° across. */
export const PLAZA_VIEW: CameraView = { height: 5, pitch: 0.2094, focal: 0.866 };

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
  /** Focal length, pixels. */
  focal: number;
  project(x: number, y: number, z: number): Projected;
  /** Direction of the ray through a point of the picture, unit length. */
  ray(x: number, y: number): [x: number, y: number, z: number];
  /** Half the width of the world that is visible on the ground at distance z, metres. */
  halfWidthAt(z: number): number;
  /** A direction of the world in camera axes: right, down, towards the camera. */
  axes(x: number, y: number, z: number): [number, number, number];
}

export function plazaCamera(width: number, height: number, view: CameraView = PLAZA_VIEW): Camera {
  const focal = width * view.focal;
  const [sin, cos] = [Math.sin(view.pitch), Math.cos(view.pitch)];
  return {
    width,
    height,
    eyeHeight: view.height,
    focal,
    project(x, y, z) {
      const rise = y - view.height;
      const depth = Math.max(0.1, z * cos - rise * sin);
      const pixelsPerMetre = focal / depth;
      return {
        x: width / 2 + x * pixelsPerMetre,
        y: height / 2 - (rise * cos + z * sin) * pixelsPerMetre,
        depth,
        pixelsPerMetre,
      };
    },
    ray(x, y) {
      const right = (x - width / 2) / focal;
      const up = (height / 2 - y) / focal;
      const length = Math.hypot(right, up, 1);
      return [right / length, (up * cos - sin) / length, (up * sin + cos) / length];
    },
    halfWidthAt: (z) => ((z * cos + view.height * sin) * 0.5) / view.focal,
    axes: (x, y, z) => [x, -(y * cos + z * sin), y * sin - z * cos],
  };
}

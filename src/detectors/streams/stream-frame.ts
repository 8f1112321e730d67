/** What the network detectors keep of one frame: motion and looks on one grid of cells, before any scene is known. */
import type { CellGrid } from '../../vision/coarse-motion';

/** Changes whenever frames hold something else. */
export const STREAM_VERSION = 3;

/** Time constant of the averaged velocity, in seconds. */
export const STREAM_AVERAGE_S = 0.2;

/** One analysed frame, as plain data; every plane holds `grid.height · grid.width` values, row by row. */
export interface StreamFrame {
  timeS: number;
  frameWidth: number;
  frameHeight: number;
  /** Share of the picture that moves, 0…1. */
  moving: number;
  /** Of both streams over the frame. */
  grid: CellGrid;
  /** Velocity averaged along the motion as bodies have it, in frame pixels per second (x right, y down); 0 where nothing moves any more. */
  averagedX: Float32Array;
  averagedY: Float32Array;
  /** Velocity now: as quick as the flow, as noisy as legs. */
  velocityX: Float32Array;
  velocityY: Float32Array;
  /** Mean clamped change of texture over the gap of the flow, 0…255 for 0…40 levels. */
  change: Uint8Array;
  /** High-passed luma, levels −127…127. */
  texture: Int8Array;
  /** Mean |difference| to the next cell across and down, levels 0…127. */
  gradientX: Int8Array;
  gradientY: Int8Array;
  /** Red minus luma and blue minus luma, levels −127…127; 0 in a grey picture. */
  redness: Int8Array;
  blueness: Int8Array;
  /** Texture where it has not changed for 0.6 s; NOT_STILL elsewhere. */
  still: Int8Array;
}

/** Planes of looks. */
export const LOOK_PLANES = ['texture', 'gradientX', 'gradientY', 'redness', 'blueness'] as const;

/** What the hybrid detector keeps of one frame: the objects with their raw cues, and the motion on a coarse grid. */
import type { Box } from '../../lib/box';
import type { PatchMap } from '../../normality/patch-memory';
import type { StillPicture } from '../../vision/still-texture';

/** Changes whenever frames hold something else. */
export const FEATURES_VERSION = 4;

/** One tracked object at one moment. Velocities in frame pixels per second (x right, y down). */
export interface ObjectFeatures {
  trackId: number;
  box: Box;
  /** True where a detection confirmed it in this frame, so that its appearance is new. */
  confirmed: boolean;
  /** How long it has been followed, in seconds. */
  ageS: number;
  classIndex: number;
  confidence: number;
  /** Smoothed response of every COCO class, 0…1. */
  classes: Float32Array;
  /** Appearance features of CenterNet at the centre of the box. */
  embedding: Float32Array;
  /** Smoothed motion of the slower of two opposite edges: a swinging arm widens a box without moving it. */
  edgeX: number;
  edgeY: number;
  /** Velocity of the centre over up to one second. */
  centreX: number;
  centreY: number;
  /** Smoothed median flow of its moving pixels. */
  flowX: number;
  flowY: number;
  /** How long it has stayed within three quarters of its height, in seconds. */
  stayS: number;
}

/** A coarse grid over the frame. */
export interface FeatureGrid {
  width: number;
  height: number;
  /** Frame pixels per cell. */
  cellSize: number;
}

/** One analysed frame, as plain data. */
export interface HybridFeatures extends StillPicture {
  timeS: number;
  frameWidth: number;
  frameHeight: number;
  /** Share of the picture that moves, 0…1. */
  moving: number;
  objects: ObjectFeatures[];
  /** What the picture looks like, where that was looked at anew; null otherwise. */
  patches: PatchMap | null;
  /** Velocity averaged along the motion, on the flow grid. */
  flowGrid: FeatureGrid;
  flowX: Float32Array;
  flowY: Float32Array;
}

/** Visit the cells of the grid that a box covers; at least one where it lies within the frame. */
export function forEachCell(grid: FeatureGrid, box: Box, visit: (cell: number) => void) {
  const start = (edge: number) => Math.max(0, Math.round(edge / grid.cellSize));
  const right = Math.min(grid.width, Math.max(start(box.x0) + 1, Math.round(box.x1 / grid.cellSize)));
  const bottom = Math.min(grid.height, Math.max(start(box.y0) + 1, Math.round(box.y1 / grid.cellSize)));
  for (let row = start(box.y0); row < bottom; row++) {
    for (let column = start(box.x0); column < right; column++) visit(row * grid.width + column);
  }
}

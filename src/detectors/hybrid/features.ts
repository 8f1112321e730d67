/** What the hybrid detector keeps of one frame: the objects with their raw cues, and the motion on a coarse grid. */
import type { Box } from '../../lib/box';
import type { PatchMap } from '../../normality/patch-memory';
import type { CellGrid } from '../../vision/coarse-motion';
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
  flowGrid: CellGrid;
  flowX: Float32Array;
  flowY: Float32Array;
}

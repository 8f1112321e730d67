/** Frames to features: dense motion on every frame, objects on key frames, tracks and their cues in between. */
import type { Box } from '../../lib/box';
import type { Frame } from '../../media/frame';
import type { PatchMap } from '../../normality/patch-memory';
import { coarseGrid, coarseReader } from '../../vision/coarse-motion';
import { DenseMotion, type MotionField } from '../../vision/dense-motion';
import { StillTexture } from '../../vision/still-texture';
import { type Detection, suppressed } from '../../vision/suppression';
import { Tracker } from '../../vision/tracker';
import type { ObjectFinder } from '../detector';
import type { HybridFeatures } from './features';
import { motionRegions, withRegions } from './motion-regions';
import { TrackCues } from './track-cues';

export interface ExtractorOptions {
  /** Objects are looked for once in so many seconds. */
  keyIntervalS: number;
  /** Objects below this confidence are ignored, 0…1. */
  confidence: number;
}

export const extractorDefaults: ExtractorOptions = { keyIntervalS: 0.2, confidence: 0.2 };

/** Peaks that overlap more than this are one object (intersection over union). */
const SAME_OBJECT = 0.5;

/** Streaming; frames of one clip in order, `reset` between clips. */
export class HybridExtractor {
  private readonly motion = new DenseMotion();
  private readonly tracker = new Tracker();
  private readonly cues = new TrackCues();
  private readonly still = new StillTexture();
  private lastKeyS = Number.NEGATIVE_INFINITY;
  private pending = false;
  private arrived: { timeS: number; detections: Detection[]; patches: PatchMap | null } | null = null;
  /** What moved in the last two key frames: an answer may come as the next search begins. */
  private regions: { timeS: number; boxes: Box[] }[] = [];
  private clip = 0;
  /** How late results come where they are not waited for, in seconds of footage. */
  private delayS = 0;
  private newestS = 0;

  constructor(
    private readonly finder: ObjectFinder,
    private readonly options: ExtractorOptions = extractorDefaults,
  ) {}

  reset() {
    this.motion.reset();
    this.tracker.reset();
    this.cues.reset();
    this.still.reset();
    this.lastKeyS = Number.NEGATIVE_INFINITY;
    this.arrived = null;
    this.pending = false;
    this.regions = [];
    this.clip++;
  }

  async step(frame: Frame): Promise<HybridFeatures> {
    this.newestS = frame.timeS;
    const keyFrame = !this.pending && frame.timeS - this.lastKeyS >= this.options.keyIntervalS - 1e-3;
    const search = keyFrame ? this.search(frame) : null;
    if (this.finder.wait) await search;
    const field = this.motion.step(frame);
    if (keyFrame) this.regions = [...this.regions.slice(-1), { timeS: frame.timeS, boxes: motionRegions(field) }];
    const tracks = this.tracker.step(field, this.arrived && this.completed(this.arrived));
    const patches = this.arrived?.patches ?? null;
    this.arrived = null;
    return {
      timeS: frame.timeS,
      frameWidth: frame.width,
      frameHeight: frame.height,
      moving: field.moving,
      patches,
      objects: this.cues.step(
        tracks.filter((track) => frame.timeS - track.seenS <= this.staleS()),
        field,
      ),
      ...coarseFlow(field),
      ...this.still.step(field),
    };
  }

  /** Detections with the motion regions of their own frame. */
  private completed(arrived: { timeS: number; detections: Detection[] }) {
    const boxes = this.regions.find(({ timeS }) => timeS === arrived.timeS)?.boxes ?? [];
    return { ...arrived, detections: withRegions(arrived.detections, boxes, this.finder.embeddingSize) };
  }

  /** A track not confirmed for longer than this is kept, but no longer judged: what it followed may be gone. */
  private staleS() {
    return 1.75 * this.options.keyIntervalS + this.delayS;
  }

  /** Look for objects; without `wait` the result is taken up by whichever step comes after it. */
  private async search(frame: Frame): Promise<void> {
    const { clip } = this;
    this.lastKeyS = frame.timeS;
    this.pending = true;
    try {
      const { objects, patches } = await this.finder.find(frame);
      if (clip !== this.clip) return;
      this.delayS = this.newestS - frame.timeS;
      const detections = suppressed(objects, this.options.confidence, SAME_OBJECT);
      this.arrived = { timeS: frame.timeS, detections, patches };
    } finally {
      if (clip === this.clip) this.pending = false;
    }
  }
}

/** The averaged velocity, meaned over 5×5 cells. */
function coarseFlow(field: MotionField): Pick<HybridFeatures, 'flowGrid' | 'flowX' | 'flowY'> {
  const read = coarseReader(field);
  return { flowGrid: coarseGrid(field), flowX: read(field.averagedX, 2), flowY: read(field.averagedY, 2) };
}

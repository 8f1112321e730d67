/** Collects what a detector keeps of the frames it learns from, clip by clip. */
import { LearningError } from './detector';

/** Frames of a stretch, about half a minute: what is kept is as dense as it came, so that it scores as watching will. */
const STRETCH = 300;

interface Stretch<Features> {
  clip: number;
  /** Counted over all clips, those left out too. */
  index: number;
  frames: Features[];
}

/** Streaming; `newClip` between clips. */
export class LearningClips<Features> {
  private kept: Stretch<Features>[] = [];
  private count = 0;
  /** One stretch in so many is kept. */
  private oneIn = 1;
  private clip = 0;
  /** The present stretch, and how many frames it still takes. */
  private index = -1;
  private room = 0;

  /** Of more than `most` frames every second stretch is left out, and of those that come after them too, so that no part of the footage counts more than another. */
  constructor(
    private readonly most: number,
    private readonly stretch = STRETCH,
  ) {}

  push(features: Features) {
    if (this.room === 0) this.begin();
    this.room--;
    if (!this.keeps(this.index)) return;
    this.kept[this.kept.length - 1].frames.push(features);
    if (++this.count > this.most) this.thin();
  }

  newClip() {
    this.clip++;
    this.room = 0;
  }

  clear() {
    this.kept = [];
    this.count = 0;
    this.oneIn = 1;
    this.clip = 0;
    this.index = -1;
    this.room = 0;
  }

  /** All clips, which are forgotten here; what lies on both sides of a stretch that was left out is two. Throws LearningError where there is no frame. */
  take(): Features[][] {
    const clips: Features[][] = [];
    let last: Stretch<Features> | null = null;
    for (const stretch of this.kept) {
      if (last?.clip === stretch.clip && last.index === stretch.index - 1)
        clips[clips.length - 1].push(...stretch.frames);
      else clips.push(stretch.frames);
      last = stretch;
    }
    this.clear();
    if (clips.length) return clips;
    throw new LearningError(
      'No frame came while learning. Check that the camera or file shows a picture, then learn again.',
    );
  }

  private keeps(index: number) {
    return index % this.oneIn === 0;
  }

  private begin() {
    this.index++;
    this.room = this.stretch;
    if (this.keeps(this.index)) this.kept.push({ clip: this.clip, index: this.index, frames: [] });
  }

  private thin() {
    this.oneIn *= 2;
    this.kept = this.kept.filter(({ index }) => this.keeps(index));
    this.count = this.kept.reduce((sum, { frames }) => sum + frames.length, 0);
  }
}

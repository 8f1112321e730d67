/** Collects what a detector keeps of the frames it learns from, clip by clip. */
import { LearningError } from './detector';

/** Streaming; `newClip` between clips. */
export class LearningClips<Features> {
  private clips: Features[][] = [];
  private count = 0;
  private stride = 1;
  /** Frames of the present clip so far. */
  private seen = 0;

  /**
   * Of more than `most` frames every second one is dropped, and of those that come after them too, so that no part of the footage
   * counts more than another. `joined`: the frame that is kept, with what it is to have of one dropped after it.
   */
  constructor(
    private readonly most: number,
    private readonly joined: (kept: Features, dropped: Features) => Features = (kept) => kept,
  ) {}

  push(features: Features) {
    if (this.seen === 0) this.clips.push([]);
    const clip = this.clips[this.clips.length - 1];
    if (this.seen++ % this.stride !== 0) {
      clip.push(this.joined(clip.pop() as Features, features));
      return;
    }
    clip.push(features);
    if (++this.count > this.most) this.thin();
  }

  /** Of each clip one frame in so many is kept. */
  get oneIn(): number {
    return this.stride;
  }

  newClip() {
    this.seen = 0;
  }

  clear() {
    this.clips = [];
    this.count = 0;
    this.stride = 1;
    this.seen = 0;
  }

  /** All clips, which are forgotten here. Throws LearningError where there is no frame. */
  take(): Features[][] {
    const { clips } = this;
    this.clear();
    if (clips.length) return clips;
    throw new LearningError(
      'No frame came while learning. Check that the camera or file shows a picture, then learn again.',
    );
  }

  private thin() {
    this.stride *= 2;
    this.clips = this.clips.map((clip) =>
      clip.flatMap((kept, index) => {
        if (index % 2 === 1) return [];
        return [index + 1 < clip.length ? this.joined(kept, clip[index + 1]) : kept];
      }),
    );
    this.count = this.clips.reduce((sum, clip) => sum + clip.length, 0);
  }
}

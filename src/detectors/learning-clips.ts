/** Collects what a detector keeps of the frames it learns from, clip by clip. */
import { LearningError } from './detector';

/** Streaming; `newClip` between clips. */
export class LearningClips<Features> {
  private clips: Features[][] = [];
  private count = 0;
  private begins = true;

  /** Of more than `most` frames every second one is dropped. */
  constructor(private readonly most: number) {}

  push(features: Features) {
    if (this.begins) this.clips.push([]);
    this.begins = false;
    this.clips[this.clips.length - 1].push(features);
    if (++this.count <= this.most) return;
    this.clips = this.clips.map((clip) => clip.filter((_, index) => index % 2 === 0));
    this.count = this.clips.reduce((sum, clip) => sum + clip.length, 0);
  }

  newClip() {
    this.begins = true;
  }

  clear() {
    this.clips = [];
    this.count = 0;
    this.begins = true;
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
}

/** Footage before it is read: what it is, how large, when each frame was taken. */

/** What is known of a source before its frames are read. */
export interface FootageInfo {
  path: string;
  name: string;
  kind: 'video' | 'images';
  /** Size of the frames as analysed, in pixels. */
  width: number;
  height: number;
  /** Number of frames, and presentation time of each in seconds from the first. */
  timesS: Float64Array;
  durationS: number;
}

/** Which frames to read: indices, `from` inclusive, `to` exclusive. */
export interface FrameRange {
  from?: number;
  to?: number;
}

/** The contract between whatever makes pictures and whatever analyses them. */

/** One picture at one moment, at the size it is analysed in (longest side at most `ANALYSIS_SIDE`). */
export interface Frame {
  /** Seconds since the start of the source; strictly increasing within one source. */
  timeS: number;
  width: number;
  height: number;
  /** RGBA, 8 bits each, row by row: width × height × 4 values; alpha is ignored. */
  data: Uint8ClampedArray;
}

/** What a source is, as far as it is known before the first frame. */
export interface SourceInfo {
  kind: 'webcam' | 'screen' | 'file' | 'images' | 'demo';
  /** Shown to the user: the camera's label, the file's name. */
  name: string;
  /** Stable across visits; a learned scene is offered again for the same id. */
  id: string;
  /** Size of the frames it yields, in pixels. */
  width: number;
  height: number;
  /** Null for a source without an end. */
  durationS: number | null;
  /** Live sources drop frames that nobody took in time; all others are pulled and drop nothing. */
  live: boolean;
}

/** Where frames come from. Iterate it once; `dispose` ends the iteration and frees the camera, decoder or file. */
export interface FrameSource extends AsyncIterable<Frame> {
  readonly info: SourceInfo;
  /** Frames dropped so far because they were not taken in time (live sources only, else 0). */
  readonly dropped: number;
  dispose(): void;
}

/** Longest side of an analysed frame, in pixels. */
export const ANALYSIS_SIDE = 640;

/** The size in which a picture of width × height is analysed: longest side ≤ ANALYSIS_SIDE, aspect kept, never enlarged, whole pixels ≥ 1. */
export function analysisSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, ANALYSIS_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Why a source could not be opened or went on no longer; `message` is one sentence for the user, with what to do. */
export class SourceError extends Error {
  override name = 'SourceError';
  constructor(
    readonly code:
      | 'no-camera'
      | 'permission-denied'
      | 'camera-in-use'
      | 'already-watched'
      | 'unplugged'
      | 'not-a-video'
      | 'truncated'
      | 'no-video-track'
      | 'too-small'
      | 'codec-unsupported'
      | 'no-images'
      | 'image-unreadable'
      | 'unsupported',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

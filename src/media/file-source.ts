/** A video file as a source: demuxed by mediabunny, decoded by WebCodecs, pulled frame by frame, nothing dropped. */
import {
  ALL_FORMATS,
  BlobSource,
  EncodedPacketSink,
  Input,
  type InputVideoTrack,
  Logging,
  LogLevel,
  type VideoSample,
  VideoSampleSink,
} from 'mediabunny';
import { containerExtent } from './container-extent';
import { withCompleteClusters } from './cut-cluster';
import { fingerprint } from './fingerprint';
import { analysisSize, type Frame, type FrameSource, SourceError, type SourceInfo } from './frame';
import { PixelReader } from './pixel-reader';
import { refuseTooSmall } from './smallest-picture';

// What mediabunny warns of reaches the user as a sentence of ours; the console stays for mistakes.
Logging.level = LogLevel.Errors;

/** Which part of the file to read, in seconds of its own timeline; the whole file by default. */
export interface FileRange {
  /** The frame shown at this moment is the first one. */
  fromS?: number;
  /** Frames at or after this moment are left out. */
  toS?: number;
}

/** Least time between two frames that claim the same moment, in seconds. */
const LEAST_STEP_S = 1e-6;

/**
 * Open a video file: MP4, MOV, WebM, MKV, MPEG-TS, with any codec the browser decodes. Frames keep the file's own time
 * stamps (the ones a player shows, so an uneven frame rate stays uneven), its rotation is applied, and they come at
 * `analysisSize` of the upright picture.
 *
 * Throws SourceError: 'not-a-video', 'truncated' (the index is missing), 'no-video-track', 'too-small',
 * 'codec-unsupported', 'unsupported' (no WebCodecs). A file cut off or damaged farther on gives all frames before that
 * place, and then the iteration throws SourceError 'truncated'.
 */
export async function openFileSource(file: File, range: FileRange = {}): Promise<FrameSource> {
  if (typeof VideoDecoder === 'undefined') {
    throw new SourceError(
      'unsupported',
      'This browser cannot decode video files (it lacks WebCodecs); use a current Chrome, Edge, Safari or Firefox over https.',
    );
  }
  const input = new Input({ source: new BlobSource(await withCompleteClusters(file)), formats: ALL_FORMATS });
  try {
    const track = await readableTrack(input, file);
    return new FileSource(file, input, track, await infoOf(file, input, track), range);
  } catch (error) {
    input.dispose();
    throw error instanceof SourceError ? error : damaged(file, error);
  }
}

/** The video track, once it is sure that this browser can decode it. */
async function readableTrack(input: Input, file: File): Promise<InputVideoTrack> {
  if (!(await input.canRead())) throw await notAVideo(file);
  const tracks = await input.getTracks();
  if (tracks.length === 0) throw (await containerExtent(file)).hasIndex ? noPicture(file) : indexMissing(file);
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw noPicture(file);
  refuseTooSmall(file.name, await track.getDisplayWidth(), await track.getDisplayHeight());
  if (!(await track.canDecode())) throw await codecUnsupported(file, track);
  return track;
}

async function infoOf(file: File, input: Input, track: InputVideoTrack): Promise<SourceInfo> {
  return {
    kind: 'file',
    name: file.name,
    id: `file:${await fingerprint([file])}`,
    ...analysisSize(await track.getDisplayWidth(), await track.getDisplayHeight()),
    durationS: (await input.getDurationFromMetadata([track])) ?? (await input.computeDuration([track])),
    live: false,
  };
}

class FileSource implements FrameSource {
  readonly dropped = 0;
  readonly #sink: VideoSampleSink;
  readonly #pixels: PixelReader;
  readonly #decoding = new Set<AsyncGenerator<VideoSample, void, unknown>>();
  #disposed = false;

  constructor(
    private readonly file: File,
    private readonly input: Input,
    private readonly track: InputVideoTrack,
    readonly info: SourceInfo,
    private readonly range: FileRange,
  ) {
    this.#sink = new VideoSampleSink(track);
    this.#pixels = new PixelReader(info.width, info.height);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Frame, void, undefined> {
    let lastS = -LEAST_STEP_S;
    for (let isDone = false; !isDone && !this.#disposed; ) {
      const beganAtS = lastS;
      try {
        for await (const frame of this.#framesAfter(lastS)) {
          lastS = frame.timeS;
          yield frame;
        }
        isDone = true;
      } catch (error) {
        // The decoder runs ahead of the reader, so an error takes frames before it along, and a browser may also take
        // away the decoder of a tab that rests: try again from here for as long as that gives new frames.
        if (!this.#disposed && lastS === beganAtS) throw damaged(this.file, error, lastS);
      }
    }
    if (!this.#disposed) await this.#refuseCutOff(lastS);
  }

  /** The frames of the range later than `lastS`. */
  async *#framesAfter(lastS: number): AsyncGenerator<Frame, void, undefined> {
    const { fromS = 0, toS } = this.range;
    const samples = this.#sink.samples(Math.max(fromS, lastS), toS);
    let timeS = lastS;
    this.#decoding.add(samples);
    try {
      for await (const sample of samples) {
        if (lastS >= 0 && sample.timestamp <= lastS) {
          sample.close();
          continue;
        }
        timeS = Math.max(sample.timestamp, timeS + LEAST_STEP_S);
        const frame = this.#frame(sample, timeS);
        if (this.#disposed) return;
        yield frame;
      }
    } finally {
      this.#decoding.delete(samples);
      await samples.return();
    }
  }

  #frame(sample: VideoSample, timeS: number): Frame {
    const { width, height } = this.info;
    try {
      return { timeS, width, height, data: this.#pixels.read((context) => sample.draw(context, 0, 0, width, height)) };
    } finally {
      sample.close();
    }
  }

  /** Throws 'truncated' where the frames ended because the file did, unless the range ended before. */
  async #refuseCutOff(lastS: number): Promise<void> {
    const { claimedBytes } = await containerExtent(this.file);
    const isCutOff = claimedBytes !== null && claimedBytes > this.file.size;
    if (isCutOff && !(await this.#hasRange())) throw cutOff(this.file, lastS);
    if (lastS < 0 && this.range.fromS === undefined) throw noPicture(this.file);
  }

  /** True where a range was asked for and all of it is there. */
  async #hasRange(): Promise<boolean> {
    const { toS } = this.range;
    if (toS === undefined) return false;
    const packet = await new EncodedPacketSink(this.track).getPacket(toS);
    return packet !== null && packet.timestamp + packet.duration >= toS;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const samples of this.#decoding) void samples.return();
    this.input.dispose();
  }
}

async function notAVideo(file: File): Promise<SourceError> {
  const what = file.size === 0 ? 'is empty' : 'is not a video this app can read';
  return new SourceError('not-a-video', `“${file.name}” ${what}; choose an MP4, MOV, WebM or MKV file.`);
}

const noPicture = (file: File) =>
  new SourceError('no-video-track', `“${file.name}” has no picture, only sound or nothing; choose a file with video.`);

const indexMissing = (file: File) =>
  new SourceError(
    'truncated',
    `“${file.name}” is cut off and its index, at the end, is missing; copy or download the whole file again, or repair it.`,
  );

async function codecUnsupported(file: File, track: InputVideoTrack): Promise<SourceError> {
  const codec =
    (await track.getCodec()) ?? (await track.getCodecParameterString()) ?? (await track.getInternalCodecId());
  const name = codec === 'hevc' ? 'HEVC (H.265)' : typeof codec === 'string' ? codec : 'an unknown codec';
  return new SourceError(
    'codec-unsupported',
    `“${file.name}” is encoded with ${name}, which this browser cannot decode; try another browser, or convert it to H.264 or VP9.`,
  );
}

function cutOff(file: File, lastS: number): SourceError {
  const read = lastS < 0 ? 'no frame of it can be read' : `what came after ${lastS.toFixed(1)} s is missing`;
  return new SourceError('truncated', `“${file.name}” is cut off: ${read}; copy or download the whole file again.`);
}

function damaged(file: File, cause: unknown, lastS = -1): SourceError {
  const place = lastS < 0 ? 'at its start' : `after ${lastS.toFixed(1)} s; what came before was read`;
  return new SourceError('truncated', `“${file.name}” is damaged ${place}; try another copy, or convert it again.`, {
    cause,
  });
}

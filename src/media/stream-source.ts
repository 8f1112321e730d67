/** A live source in the worker: the newest picture wins, older ones are closed and counted. */
import { Mailbox } from '../lib/mailbox';
import { within } from '../lib/within';
import { analysisSize, type Frame, type FrameSource, SourceError, type SourceInfo } from './frame';
import { bitmapFeed, closePicture, type LiveFeed, type LivePicture, streamFeed, unplugged } from './live-picture';
import { PixelReader } from './pixel-reader';
import { refuseTooSmall } from './smallest-picture';
import { sourceClock } from './source-clock';

/** A live source as the page hands it over. */
export type LiveRequest =
  | { kind: 'stream'; info: SourceInfo; frames: ReadableStream<VideoFrame> }
  | { kind: 'bitmaps'; info: SourceInfo; port: MessagePort };

/** Longest wait for the first picture, in milliseconds. */
const FIRST_PICTURE_MS = 10_000;

/**
 * Open a live source. Its size is that of the first picture, scaled to `analysisSize`; pictures of another shape (a
 * turned phone, a resized window) are fitted into it.
 *
 * Throws SourceError: 'camera-in-use' where no picture comes within 10 s, 'too-small', 'unplugged'. A camera that goes
 * away later makes the iteration throw 'unplugged'; a shared screen that the user ends just ends.
 */
export async function openStreamSource(request: LiveRequest, firstPictureMs = FIRST_PICTURE_MS): Promise<FrameSource> {
  const { info } = request;
  const mailbox = new Mailbox<LivePicture>(closePicture);
  const onEnd = () => (info.kind === 'webcam' ? unplugged(info.name) : null);
  const feed =
    request.kind === 'stream' ? streamFeed(request.frames, mailbox, onEnd) : bitmapFeed(request.port, mailbox, onEnd);
  try {
    const { width, height } = await firstSize(mailbox, info.name, firstPictureMs);
    refuseTooSmall(info.name, width, height);
    return new StreamSource({ ...info, ...analysisSize(width, height) }, feed, mailbox);
  } catch (error) {
    mailbox.empty();
    feed.stop();
    throw error;
  }
}

/** Size of the first picture, which is only looked at: by the time somebody analyses, it is old. */
async function firstSize(mailbox: Mailbox<LivePicture>, name: string, waitMs: number) {
  const silent = new SourceError(
    'camera-in-use',
    `“${name}” opened but sends no pictures; close other programs that use it, or choose another camera.`,
  );
  const picture = await within(waitMs, mailbox.take());
  if (!picture) throw silent;
  closePicture(picture);
  return { width: picture.width, height: picture.height };
}

class StreamSource implements FrameSource {
  readonly #clock = sourceClock();
  readonly #pixels: PixelReader;
  /** Dropped before anybody asked for frames; null until somebody does. */
  #droppedBefore: number | null = null;

  constructor(
    readonly info: SourceInfo,
    private readonly feed: LiveFeed,
    private readonly mailbox: Mailbox<LivePicture>,
  ) {
    this.#pixels = new PixelReader(info.width, info.height);
  }

  get dropped(): number {
    return this.#droppedBefore === null ? 0 : this.#droppedInAll - this.#droppedBefore;
  }

  get #droppedInAll(): number {
    return this.mailbox.dropped + this.feed.skipped;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Frame, void, undefined> {
    this.#droppedBefore ??= this.#droppedInAll;
    for (let picture = await this.mailbox.take(); picture; picture = await this.mailbox.take()) {
      yield this.#frame(picture);
    }
  }

  #frame(picture: LivePicture): Frame {
    const { width, height } = this.info;
    try {
      return {
        timeS: this.#clock(picture.stampS),
        width,
        height,
        data: this.#pixels.readFitted(picture.image, picture),
      };
    } finally {
      closePicture(picture);
    }
  }

  dispose(): void {
    this.mailbox.empty();
    this.feed.stop();
  }
}

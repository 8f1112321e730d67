/** What crosses from the page to the worker for a live source, and the two feeds that fill a mailbox from it. */
import type { Mailbox } from '../lib/mailbox';
import { SourceError } from './frame';

/** A picture as the camera gave it. Whoever holds it closes it. */
export interface LivePicture {
  image: VideoFrame | ImageBitmap;
  width: number;
  height: number;
  /** The camera's time stamp, in seconds from any origin. */
  stampS: number;
}

/** From the page, where streams of frames do not exist: one bitmap, or the end. */
export type BitmapMessage =
  | { type: 'bitmap'; bitmap: ImageBitmap; stampS: number; skipped: number }
  | { type: 'end'; unplugged: boolean };

/** From the worker: the last bitmap has come, send the next; or send no more. */
export type BitmapReply = 'next' | 'stop';

/** What fills the mailbox. */
export interface LiveFeed {
  /** Frames the sender left out because the last one was still on its way. */
  readonly skipped: number;
  /** Send no more, and free the sender. */
  stop(): void;
}

export const closePicture = (picture: LivePicture) => picture.image.close();

export const unplugged = (name: string) =>
  new SourceError('unplugged', `“${name}” sends no more pictures; plug it in again, or choose another camera.`);

/** Pictures of a stream of video frames. `onEnd` gives the error, if any, for a stream that ends by itself. */
export function streamFeed(
  frames: ReadableStream<VideoFrame>,
  mailbox: Mailbox<LivePicture>,
  onEnd: () => SourceError | null,
): LiveFeed {
  const reader = frames.getReader();
  const pump = async () => {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const { displayWidth: width, displayHeight: height, timestamp } = read.value;
      mailbox.put({ image: read.value, width, height, stampS: timestamp / 1e6 });
    }
  };
  pump().then(
    () => mailbox.end(onEnd()),
    (error) => mailbox.end(error),
  );
  return {
    skipped: 0,
    stop() {
      reader.cancel().catch(() => {}); // a stream that failed has nothing left to cancel
    },
  };
}

/** Pictures that the page sends one by one, each acknowledged as it comes, so at most one is on its way. */
export function bitmapFeed(
  port: MessagePort,
  mailbox: Mailbox<LivePicture>,
  onEnd: () => SourceError | null,
): LiveFeed {
  const reply = (message: BitmapReply) => port.postMessage(message);
  const feed = {
    skipped: 0,
    stop() {
      reply('stop');
      port.close();
    },
  };
  port.onmessage = ({ data }: MessageEvent<BitmapMessage>) => {
    if (data.type === 'end') return mailbox.end(data.unplugged ? onEnd() : null);
    const { width, height } = data.bitmap;
    feed.skipped += data.skipped;
    mailbox.put({ image: data.bitmap, width, height, stampS: data.stampS });
    reply('next');
  };
  return feed;
}

/** Sends a live stream to the worker as bitmaps, one at a time, where the browser has no streams of frames. */
import type { BitmapMessage, BitmapReply } from './live-picture';

/** A sender at work: the port goes to the worker. */
export interface BitmapSender {
  port: MessagePort;
  /** No more pictures; `unplugged` where the camera went away by itself. */
  end(unplugged: boolean): void;
}

/**
 * Play the stream in a video element of its own and send each new picture, unless the one before is still on its way.
 * In a hidden tab the browser shows no pictures, so none are sent.
 */
export function sendBitmaps(stream: MediaStream): BitmapSender {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  const { port1: port, port2 } = new MessageChannel();
  const post = (message: BitmapMessage, transfer: Transferable[] = []) => port.postMessage(message, transfer);
  let waiting = false;
  let skipped = 0;
  let ended = false;

  const finish = () => {
    ended = true;
    video.srcObject = null;
  };
  const send = async (stampS: number) => {
    waiting = true;
    const bitmap = await createImageBitmap(video).catch(() => null); // null: the video has just lost its picture
    if (!bitmap || ended) {
      bitmap?.close();
      waiting = false;
      return;
    }
    post({ type: 'bitmap', bitmap, stampS, skipped }, [bitmap]);
    skipped = 0;
  };
  const onFrame: VideoFrameRequestCallback = (nowMs, { captureTime }) => {
    if (ended) return;
    if (waiting) skipped += 1;
    else void send((captureTime ?? nowMs) / 1000);
    video.requestVideoFrameCallback(onFrame);
  };
  port.onmessage = ({ data }: MessageEvent<BitmapReply>) => {
    waiting = false;
    if (data === 'stop') finish();
  };
  video.requestVideoFrameCallback(onFrame);
  void video.play().catch(() => {}); // a stream that was stopped before it played sends nothing
  return {
    port: port2,
    end(unplugged) {
      if (ended) return;
      finish();
      post({ type: 'end', unplugged });
    },
  };
}

/** An opened camera or screen on the page's side, packed for the worker. */
import { sendBitmaps } from './bitmap-sender';
import type { SourceInfo } from './frame';
import type { LiveRequest } from './stream-source';

/** A camera or screen that is open. */
export interface LiveCapture {
  info: SourceInfo;
  /**
   * What goes to the worker; `transfer` lists what must be transferred with it. Made when first asked for, and to be
   * sent at once: frames that come in between stay on the page, and nobody closes them.
   */
  readonly request: LiveRequest;
  readonly transfer: Transferable[];
  /** For a preview on the page. */
  stream: MediaStream;
  /** Called once when the camera is unplugged or the user ends the sharing, never after `dispose`. */
  onEnded: (() => void) | null;
  /** Turn the camera off. The source in the worker ends; dispose it first, else it reports the camera as unplugged. */
  dispose(): void;
}

/** Frames of the track as a stream that can be transferred, or null where the browser cannot make one. */
function frameStream(track: MediaStreamTrack): ReadableStream<VideoFrame> | null {
  if (typeof MediaStreamTrackProcessor === 'undefined') return null;
  return new MediaStreamTrackProcessor({ track: track as MediaStreamVideoTrack }).readable;
}

/** Pack the stream's video track for the worker; `streamOf` is replaced in tests of the other way. */
export function liveCapture(stream: MediaStream, info: SourceInfo, streamOf = frameStream): LiveCapture {
  const [track] = stream.getVideoTracks();
  let sender: ReturnType<typeof sendBitmaps> | null = null;
  let packed: { request: LiveRequest; transfer: Transferable[] } | null = null;
  const pack = () => {
    const frames = streamOf(track);
    if (frames) return { request: { kind: 'stream' as const, info, frames }, transfer: [frames] };
    sender = sendBitmaps(stream);
    return { request: { kind: 'bitmaps' as const, info, port: sender.port }, transfer: [sender.port] };
  };
  const once = () => {
    packed ??= pack();
    return packed;
  };
  const capture: LiveCapture = {
    info,
    get request() {
      return once().request;
    },
    get transfer() {
      return once().transfer;
    },
    stream,
    onEnded: null,
    dispose() {
      capture.onEnded = null;
      for (const each of stream.getTracks()) each.stop();
      sender?.end(false);
    },
  };
  track.addEventListener('ended', () => {
    sender?.end(info.kind === 'webcam');
    capture.onEnded?.();
  });
  return capture;
}

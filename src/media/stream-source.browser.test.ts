import { afterEach, describe, expect, it } from 'vitest';
import type { SourceInfo } from './frame';
import { type LiveCapture, liveCapture } from './live-capture';
import { openStreamSource } from './stream-source';
import type { WorkerOrder, WorkerReport } from './stream-source.test-worker';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

const info = (kind: 'webcam' | 'screen'): SourceInfo => ({
  kind,
  name: 'Desk',
  id: 'webcam:desk',
  width: 640,
  height: 480,
  durationS: null,
  live: true,
});

/** A stream of a canvas that is painted green about 50 times a second. */
function paintedStream(width = 320, height = 240): MediaStream {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  document.body.append(canvas);
  const context = canvas.getContext('2d')!;
  let strokes = 0;
  const timer = setInterval(() => {
    context.fillStyle = strokes++ % 2 ? 'rgb(0 200 0)' : 'rgb(0 202 0)';
    context.fillRect(0, 0, width, height);
  }, 20);
  const stream = canvas.captureStream();
  cleanups.push(() => {
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
    canvas.remove();
  });
  return stream;
}

function inWorker({ request, transfer }: LiveCapture, count = 5, pauseMs = 0) {
  const worker = new Worker(new URL('./stream-source.test-worker.ts', import.meta.url), { type: 'module' });
  cleanups.push(() => worker.terminate());
  const reports: WorkerReport[] = [];
  worker.onmessage = ({ data }: MessageEvent<WorkerReport>) => reports.push(data);
  const order: WorkerOrder = { request, count, pauseMs };
  worker.postMessage(order, transfer);
  const framesOf = () => reports.filter((report) => report.type === 'frame');
  const ending = () => expect.poll(() => reports.at(-1)?.type, { timeout: 10_000 });
  return { reports, framesOf, ending };
}

const ways = [
  { way: 'a stream of frames', streamOf: undefined, kind: 'stream' },
  { way: 'bitmaps', streamOf: () => null, kind: 'bitmaps' },
] as const;

describe.each(ways)('a live source as $way', ({ streamOf, kind }) => {
  it('reaches the worker: its size, its colours, growing times from 0', async () => {
    const capture = liveCapture(paintedStream(), info('webcam'), streamOf);
    expect(capture.request.kind).toBe(kind);
    const { reports, framesOf, ending } = inWorker(capture);
    await ending().toBe('done');
    expect(reports[0]).toEqual({ type: 'info', width: 320, height: 240 });
    const frames = framesOf();
    expect(frames).toHaveLength(5);
    expect(frames[0].timeS).toBe(0);
    frames.forEach(({ timeS, centre: [red, green, blue], length }, i) => {
      if (i > 0) expect(timeS).toBeGreaterThan(frames[i - 1].timeS);
      expect(timeS).toBeLessThan(5);
      expect(length).toBe(320 * 240 * 4);
      expect(red).toBeLessThan(40);
      expect(green).toBeGreaterThan(160);
      expect(blue).toBeLessThan(40);
    });
  });

  it('drops and counts what a slow consumer does not take', async () => {
    const { reports, framesOf, ending } = inWorker(liveCapture(paintedStream(), info('webcam'), streamOf), 4, 200);
    await ending().toBe('done');
    expect(reports.at(-1)).toMatchObject({ type: 'done', dropped: expect.any(Number) });
    expect((reports.at(-1) as { dropped: number }).dropped).toBeGreaterThan(3);
    const last = framesOf().at(-1)!;
    expect(last.timeS).toBeGreaterThan(0.35);
  });

  it('reports a camera that was unplugged', async () => {
    const capture = liveCapture(paintedStream(), info('webcam'), streamOf);
    let ended = 0;
    capture.onEnded = () => {
      ended += 1;
    };
    const { framesOf, ending, reports } = inWorker(capture, 1000);
    await expect.poll(() => framesOf().length, { timeout: 10_000 }).toBeGreaterThan(1);
    const [track] = capture.stream.getVideoTracks();
    track.stop();
    track.dispatchEvent(new Event('ended')); // the browser sends it for a pulled plug, not for stop()
    await ending().toBe('error');
    expect(reports.at(-1)).toMatchObject({ code: 'unplugged', message: expect.stringContaining('“Desk”') });
    expect(ended).toBe(1);
  });

  it('just ends where the user ends the sharing of a screen', async () => {
    const capture = liveCapture(paintedStream(), info('screen'), streamOf);
    const { framesOf, ending } = inWorker(capture, 1000);
    await expect.poll(() => framesOf().length, { timeout: 10_000 }).toBeGreaterThan(1);
    const [track] = capture.stream.getVideoTracks();
    track.stop();
    track.dispatchEvent(new Event('ended'));
    await ending().toBe('done');
  });
});

describe('openStreamSource', () => {
  const frameOf = (timestamp: number, width = 64, height = 48) =>
    new VideoFrame(new Uint8Array(width * height * 4), {
      format: 'RGBA',
      codedWidth: width,
      codedHeight: height,
      timestamp,
    });

  function pushedStream() {
    const { readable: frames, writable } = new TransformStream<VideoFrame, VideoFrame>(
      {},
      { highWaterMark: 8 },
      { highWaterMark: 8 },
    );
    const writer = writable.getWriter();
    return { frames, push: (frame: VideoFrame) => void writer.write(frame) };
  }

  it('closes every frame: dropped, taken, and left when it is disposed while somebody waits', async () => {
    const { frames, push } = pushedStream();
    const made = [0, 1, 2, 3].map((i) => frameOf(i * 100_000));
    push(made[0]);
    const source = await openStreamSource({ kind: 'stream', info: info('webcam'), frames });
    const iterator = source[Symbol.asyncIterator]();
    const first = iterator.next();
    push(made[1]);
    expect((await first).value?.timeS).toBe(0);
    const waiting = iterator.next();
    source.dispose();
    expect(await waiting).toEqual({ value: undefined, done: true });
    for (const frame of made.slice(2)) frame.close();
    expect(made.every((frame) => frame.format === null)).toBe(true); // a closed frame has no format
  });

  it('closes the frame in the mailbox when it is disposed', async () => {
    const { frames, push } = pushedStream();
    const made = [0, 1, 2].map((i) => frameOf(i * 100_000));
    push(made[0]);
    const source = await openStreamSource({ kind: 'stream', info: info('webcam'), frames });
    push(made[1]);
    push(made[2]);
    await expect.poll(() => made[1].format).toBeNull();
    source.dispose();
    expect(made[2].format).toBeNull();
  });

  it('fits a picture of another shape into the first one', async () => {
    const { frames, push } = pushedStream();
    push(frameOf(0));
    const source = await openStreamSource({ kind: 'stream', info: info('screen'), frames });
    push(frameOf(1, 48, 64));
    const { value } = await source[Symbol.asyncIterator]().next();
    expect(value).toMatchObject({ width: 64, height: 48 });
    source.dispose();
  });

  it('refuses a camera that sends nothing, and one of a few pixels', async () => {
    const silent = pushedStream();
    const request = { kind: 'stream', info: info('webcam'), frames: silent.frames } as const;
    await expect(openStreamSource(request, 50)).rejects.toMatchObject({ code: 'camera-in-use' });
    const small = pushedStream();
    small.push(frameOf(0, 8, 8));
    await expect(openStreamSource({ ...request, frames: small.frames })).rejects.toMatchObject({ code: 'too-small' });
  });
});

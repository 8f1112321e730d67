import { describe, expect, it } from 'vitest';
import { openSource, type SourceRequest } from './open-source';
import { makeClip } from './test-clip';

/** A stream of one frame. */
const oneFrame = () =>
  new ReadableStream<VideoFrame>({
    start(controller) {
      const format = { format: 'RGBA', codedWidth: 64, codedHeight: 48, timestamp: 0 } as const;
      controller.enqueue(new VideoFrame(new Uint8Array(64 * 48 * 4), format));
    },
  });

async function image(): Promise<File> {
  const canvas = new OffscreenCanvas(64, 48);
  canvas.getContext('2d')!.fillRect(0, 0, 64, 48);
  return new File([await canvas.convertToBlob()], '1.png', { type: 'image/png' });
}

describe('openSource', () => {
  const info = { kind: 'webcam', name: '', id: '', width: 0, height: 0, durationS: null, live: true } as const;
  const requests: [kind: string, request: () => Promise<SourceRequest>][] = [
    ['webcam', async () => ({ kind: 'stream', info, frames: oneFrame() })],
    ['file', async () => ({ kind: 'file', file: await makeClip('clip.mp4') })],
    ['images', async () => ({ kind: 'images', files: [await image()] })],
    ['demo', async () => ({ kind: 'demo', seed: 7 })],
  ];

  it.each(requests)('opens a source of the kind %s', async (kind, request) => {
    const source = await openSource(await request());
    expect(source.info.kind).toBe(kind);
    source.dispose();
    expect((await source[Symbol.asyncIterator]().next()).done).toBe(true);
  });

  it('passes the range on to a file', async () => {
    const request = { kind: 'file', file: await makeClip('clip.mp4') } as const;
    const source = await openSource(request, { fromS: 1, toS: 1.1 });
    const frames = [];
    for await (const { timeS } of source) frames.push(timeS);
    expect(frames).toEqual([1]);
    source.dispose();
  });
});

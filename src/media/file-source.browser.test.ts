import { describe, expect, it, vi } from 'vitest';
import { openFileSource } from './file-source';
import type { Frame, FrameSource } from './frame';
import { brightnessOf, type ClipOptions, evenTimes, makeClip, makeSound, withCode } from './test-clip';

async function framesOf(source: FrameSource): Promise<Frame[]> {
  const frames: Frame[] = [];
  for await (const frame of source) frames.push(frame);
  source.dispose();
  return frames;
}

/** All frames up to the error, and the error; waits after each frame, as an analysis would. */
async function framesUntilError(source: FrameSource, pauseMs = 0): Promise<{ frames: Frame[]; error: unknown }> {
  const frames: Frame[] = [];
  try {
    for await (const frame of source) {
      frames.push(frame);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  } catch (error) {
    return { frames, error };
  } finally {
    source.dispose();
  }
  throw new Error('The source ended without an error.');
}

/** Red, green and blue at a place given as shares of the width and height. */
function colourAt({ data, width, height }: Frame, x: number, y: number): number[] {
  const start = 4 * (Math.floor(y * height) * width + Math.floor(x * width));
  return [...data.slice(start, start + 3)];
}

const brightness = (frame: Frame) => colourAt(frame, 0.75, 0.5)[1];

function expectShows(frame: Frame, index: number): void {
  expect(Math.abs(brightness(frame) - brightnessOf(index)), `frame at ${frame.timeS} s`).toBeLessThan(5);
}

const isRed = ([red, green, blue]: number[]) => red > 180 && green < 90 && blue < 90;

describe('what is read', () => {
  const kinds: ClipOptions[] = [
    { container: 'mp4', codec: 'avc' },
    { container: 'mp4', codec: 'av1' },
    { container: 'mp4-index-last', codec: 'vp9' },
    { container: 'mp4-fragmented', codec: 'avc' },
    { container: 'mov', codec: 'avc' },
    { container: 'webm', codec: 'vp8' },
    { container: 'webm', codec: 'vp9' },
    { container: 'webm-streamed', codec: 'vp8' },
    { container: 'mkv', codec: 'av1' },
  ];
  it.each(kinds)('$codec in $container: every frame, in order, at its time', async (kind) => {
    const source = await openFileSource(await makeClip('clip.mp4', kind));
    expect(source.info).toMatchObject({ kind: 'file', name: 'clip.mp4', width: 64, height: 48, live: false });
    expect(Math.abs(source.info.durationS! - 2)).toBeLessThan(0.11); // a stream does not say how long its last frame lasts
    const frames = await framesOf(source);
    expect(frames).toHaveLength(20);
    frames.forEach((frame, i) => {
      expect(frame.timeS).toBeCloseTo(i / 10, 2);
      expect(frame.data).toHaveLength(64 * 48 * 4);
      expectShows(frame, i);
    });
    expect(source.dropped).toBe(0);
  });

  it('keeps an uneven frame rate', async () => {
    const timesS = [0, 0.02, 0.5, 0.51, 1.7, 3];
    const frames = await framesOf(await openFileSource(await makeClip('uneven.mp4', { timesS })));
    expect(frames.map(({ timeS }) => Math.round(timeS * 1000) / 1000)).toEqual(timesS);
  });

  it('turns a rotated phone video upright', async () => {
    const source = await openFileSource(await makeClip('phone.mp4', { rotation: 90 }));
    expect(source.info).toMatchObject({ width: 48, height: 64 });
    const [frame] = await framesOf(source);
    expect(isRed(colourAt(frame, 0.9, 0.1))).toBe(true);
    expect(isRed(colourAt(frame, 0.1, 0.1))).toBe(false);
  });

  it('scales to the size of analysis', async () => {
    const source = await openFileSource(await makeClip('large.mp4', { width: 1280, height: 720, timesS: [0, 0.1] }));
    expect(source.info).toMatchObject({ width: 640, height: 360 });
    const [frame] = await framesOf(source);
    expect(isRed(colourAt(frame, 0.1, 0.1))).toBe(true);
    expectShows(frame, 0);
  });

  it('reads a range: from the frame shown at its start to the last one before its end', async () => {
    const source = await openFileSource(await makeClip('range.mp4'), { fromS: 0.75, toS: 1.2 });
    const frames = await framesOf(source);
    expect(frames.map(({ timeS }) => Math.round(timeS * 10))).toEqual([7, 8, 9, 10, 11]);
    frames.forEach((frame, i) => {
      expectShows(frame, 7 + i);
    });
  });

  it('knows the same file again', async () => {
    const file = await makeClip('same.mp4');
    const other = await makeClip('same.mp4', { timesS: evenTimes(12, 10) });
    const ids = await Promise.all(
      [file, file, other].map(async (each) => {
        const source = await openFileSource(each);
        source.dispose();
        return source.info.id;
      }),
    );
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });
});

describe('what cannot be read', () => {
  it.each([
    [
      'a text file',
      new File(['Dear diary, nothing unusual today.\n'.repeat(40)], 'diary.mp4'),
      'not-a-video',
      /not a video/,
    ],
    ['an empty file', new File([], 'diary.mp4'), 'not-a-video', /is empty/],
  ])('%s', async (_, file, code, says) => {
    await expect(openFileSource(file)).rejects.toMatchObject({ code, message: expect.stringMatching(says) });
    await expect(openFileSource(file)).rejects.toThrow('diary.mp4');
  });

  it('sound without a picture', async () => {
    await expect(openFileSource(await makeSound('song.webm'))).rejects.toMatchObject({
      code: 'no-video-track',
      message: expect.stringContaining('song.webm'),
    });
  });

  it('a picture of a few pixels', async () => {
    const file = await makeClip('dot.mp4', { width: 8, height: 8, codec: 'vp9', timesS: [0] });
    await expect(openFileSource(file)).rejects.toMatchObject({
      code: 'too-small',
      message: expect.stringContaining('8 × 8'),
    });
  });

  it('a codec that nobody has, by its name', async () => {
    const file = await withCode(await makeClip('odd.mp4', { codec: 'avc' }), 'avc1', 'zzz9');
    await expect(openFileSource(file)).rejects.toMatchObject({
      code: 'codec-unsupported',
      message: expect.stringContaining('zzz9'),
    });
  });

  it('a codec that this browser lacks', async () => {
    const supported = vi.spyOn(VideoDecoder, 'isConfigSupported').mockImplementation(async (config) => ({
      supported: false,
      config,
    }));
    await expect(openFileSource(await makeClip('lacks.mp4', { codec: 'av1' }))).rejects.toMatchObject({
      code: 'codec-unsupported',
      message: expect.stringContaining('av1'),
    });
    supported.mockRestore();
  });

  it('an MP4 whose index is missing', async () => {
    const whole = await makeClip('whole.mp4', { container: 'mp4-index-last' });
    const file = new File([whole.slice(0, whole.size * 0.6)], 'holiday.mp4');
    await expect(openFileSource(file)).rejects.toMatchObject({
      code: 'truncated',
      message: expect.stringMatching(/holiday\.mp4.*index/),
    });
  });
});

describe('what is cut off', () => {
  const timesS = evenTimes(60, 10);
  it.each<ClipOptions['container']>(['mp4', 'mp4-fragmented', 'webm', 'mkv'])(
    '%s: all that is there, then the error',
    async (container) => {
      const whole = await makeClip('whole', { container, timesS });
      const file = new File([whole.slice(0, Math.floor(whole.size * 0.7))], 'holiday');
      const { frames, error } = await framesUntilError(await openFileSource(file));
      expect(error).toMatchObject({
        code: 'truncated',
        message: expect.stringMatching(/“holiday” is cut off: what came after [345]\.\d s is missing/),
      });
      expect(frames.length).toBeGreaterThan(30);
      expect(frames.length).toBeLessThan(55);
      frames.forEach((frame, i) => {
        expectShows(frame, i);
      });
    },
  );

  it('a streamed recording that does not say how long it is: all that is there', async () => {
    const whole = await makeClip('whole', { container: 'webm-streamed', timesS });
    const file = new File([whole.slice(0, Math.floor(whole.size * 0.7))], 'holiday');
    const frames = await framesOf(await openFileSource(file));
    expect(frames.length).toBeGreaterThan(30);
    expect(frames.length).toBeLessThan(55);
  });

  it('is no matter before the end of the range that was asked for', async () => {
    const whole = await makeClip('whole.mp4', { timesS });
    const file = new File([whole.slice(0, Math.floor(whole.size * 0.7))], 'holiday.mp4');
    expect(await framesOf(await openFileSource(file, { toS: 2 }))).toHaveLength(20);
    const { error } = await framesUntilError(await openFileSource(file, { toS: 5.9 }));
    expect(error).toMatchObject({ code: 'truncated' });
  });

  it('damage in the middle: all that came before, however slowly it is taken, then the error', async () => {
    const whole = new Uint8Array(await (await makeClip('whole.mp4', { codec: 'avc', timesS })).arrayBuffer());
    whole.fill(0xaa, Math.floor(whole.length * 0.6), Math.floor(whole.length * 0.9));
    const { frames, error } = await framesUntilError(await openFileSource(new File([whole], 'scratched.mp4')), 20);
    expect(error).toMatchObject({ code: 'truncated', message: expect.stringMatching(/scratched\.mp4.*damaged/) });
    expect(frames.length).toBeGreaterThan(30);
    frames.forEach((frame, i) => {
      expectShows(frame, i);
    });
  });

  it('goes on where the browser took the decoder away', async () => {
    const file = await makeClip('clip.mp4', { timesS });
    const reclaims: (() => void)[] = [];
    const OriginalDecoder = VideoDecoder;
    vi.stubGlobal(
      'VideoDecoder',
      class extends OriginalDecoder {
        constructor(init: VideoDecoderInit) {
          super(init);
          reclaims.push(() => {
            this.close();
            init.error(new DOMException('Codec reclaimed due to inactivity.', 'QuotaExceededError'));
          });
        }
      },
    );
    const frames: Frame[] = [];
    for await (const frame of await openFileSource(file)) {
      frames.push(frame);
      if (frames.length === 5) reclaims[0]();
    }
    vi.unstubAllGlobals();
    expect(reclaims).toHaveLength(2);
    expect(frames).toHaveLength(60);
    frames.forEach((frame, i) => {
      expectShows(frame, i);
    });
  });
});

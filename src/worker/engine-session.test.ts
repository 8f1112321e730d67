import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Detector, DetectorEntry, LearnedScene, ObjectFinder } from '../detectors/detector';
import { LearningError } from '../detectors/detector';
import { type Frame, type FrameSource, SourceError } from '../media/frame';
import { createEngineSession, type EngineParts } from './engine-session';
import type { EngineApi, EngineMessage, SourceRequest } from './protocol';
import { type FinderEvents, FinderGaveUpError, type RecoveringFinder } from './recovering-finder';

const SIDE = 16;
const scene: LearnedScene = {
  detector: 'difference',
  version: 1,
  width: SIDE,
  height: SIDE,
  durationS: 4,
  frames: 40,
  model: 1,
};

/** What the fit of the difference detector waits for. */
let fitting: Promise<void> = Promise.resolve();

/** Frame differences as a detector: enough to be judged by. */
function differenceDetector(objects: ObjectFinder): Detector {
  let last: Frame | null = null;
  let taken = 0;
  let learned: LearnedScene | null = null;
  const difference = (frame: Frame) => {
    const change = last ? Math.abs(frame.data[0] - last.data[0]) / 255 : 0;
    last = frame;
    return change;
  };
  return {
    name: 'difference',
    get scene() {
      return learned;
    },
    async step(frame) {
      if (objects.wait) await objects.find(frame);
      const raw = difference(frame);
      const values = new Float32Array([raw]);
      const judged = { timeS: frame.timeS, raw, returnPeriodS: raw > 0.5 ? 1e5 : 1, score: raw, extrapolated: false };
      return { ...judged, reasons: [], objects: [], motion: 1, evidence: { width: 1, height: 1, values } };
    },
    async learnStep() {
      taken++;
      return 1;
    },
    async finishLearning() {
      await fitting;
      if (taken < 5) throw new LearningError(`Only ${taken} frames were seen; let it learn longer.`);
      learned = { ...scene, frames: taken };
      return learned;
    },
    cancelLearning: () => {
      taken = 0;
    },
    setScene: (given) => {
      learned = given;
    },
    reset: () => {
      last = null;
    },
    dispose: () => undefined,
  };
}

const entry: DetectorEntry = { name: 'difference', title: 'Difference', config: {}, create: differenceDetector };

const frameAt = (timeS: number, level = 0): Frame => ({
  timeS,
  width: SIDE,
  height: SIDE,
  data: new Uint8ClampedArray(SIDE * SIDE * 4).fill(level),
});

/** A recording of `seconds` at 10 fps that flickers from 3 s to 4 s. */
const recording = (seconds: number, broken = false): FrameSource => ({
  info: { kind: 'file', name: 'a.mp4', id: 'file:a', width: SIDE, height: SIDE, durationS: seconds, live: false },
  dropped: 0,
  async *[Symbol.asyncIterator]() {
    for (let index = 0; index < seconds * 10; index++) {
      if (broken && index === 20) throw new SourceError('truncated', '“a.mp4” is cut off; copy it again.');
      const flickers = index >= 30 && index < 40;
      yield frameAt(index / 10, flickers && index % 2 ? 255 : 0);
    }
  },
  dispose: vi.fn(),
});

/** A camera fed by hand. */
function camera() {
  const waiting: ((frame: Frame | null) => void)[] = [];
  let disposed = false;
  const source: FrameSource = {
    info: { kind: 'webcam', name: 'Camera', id: 'webcam:a', width: SIDE, height: SIDE, durationS: null, live: true },
    dropped: 3,
    async *[Symbol.asyncIterator]() {
      while (!disposed) {
        const frame = await new Promise<Frame | null>((resolve) => waiting.push(resolve));
        if (!frame) return;
        yield frame;
      }
    },
    dispose() {
      disposed = true;
      for (const give of waiting.splice(0)) give(null);
    },
  };
  return {
    source,
    isDisposed: () => disposed,
    /** Give a frame and wait until it has been dealt with and the next is asked for. */
    async give(frame: Frame | null) {
      await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(0), { interval: 1 });
      waiting.shift()?.(frame);
      if (frame) await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(0), { interval: 1 });
    },
  };
}

interface Setup {
  engine: EngineApi;
  messages: EngineMessage[];
  of<T extends EngineMessage['type']>(type: T): Extract<EngineMessage, { type: T }>[];
  finderEvents(): FinderEvents;
  opened: SourceRequest[];
  finder: RecoveringFinder;
}

async function setUp(open: () => FrameSource, given: Partial<EngineParts> = {}): Promise<Setup> {
  const messages: EngineMessage[] = [];
  const opened: SourceRequest[] = [];
  let finderEvents: FinderEvents | null = null;
  let clockMs = 0;
  const finder: RecoveringFinder = {
    info: { backend: 'wasm', reason: 'chosen', threads: 1 },
    tensors: 5,
    keyFps: () => 2,
    prepare: async () => undefined,
    finder: (wait) => ({ embeddingSize: 1, wait, find: async () => [], dispose: () => undefined }),
    dispose: vi.fn(),
  };
  const engine = createEngineSession({
    startFinder: async (_choice, _assets, events) => {
      finderEvents = events;
      events.onProgress(0.5, 'Loading');
      return finder;
    },
    openSource: async (request) => {
      opened.push(request);
      return open();
    },
    detector: entry,
    pictures: {
      bitmap: async () => ({ close: () => undefined }) as ImageBitmap,
      thumbnail: async () => new Blob(['jpeg']),
    },
    keepFootage: async () => null,
    now: () => (clockMs += 10),
    ...given,
  });
  engine.listen((message) => void messages.push(message));
  await engine.load('auto', '/');
  return {
    engine,
    messages,
    opened,
    finder,
    finderEvents: () => finderEvents!,
    of: (type) => messages.filter((message) => message.type === type) as never,
  };
}

const request = { kind: 'file', file: new File([], 'a.mp4') } satisfies SourceRequest;
let current: EngineApi | null = null;
const using = (setup: Setup) => {
  current = setup.engine;
  return setup;
};
afterEach(async () => {
  vi.useRealTimers();
  await current?.stop();
});

describe('a recording', () => {
  it('is learned on a range, watched from its start, alerts where it flickers, and ends', async () => {
    const { engine, of, opened } = using(await setUp(() => recording(6)));
    await engine.open(request);
    await engine.learn({ kind: 'range', fromS: 0, toS: 2 });
    expect(of('learned')).toMatchObject([{ scene: { frames: 21 } }]);
    expect(of('learning').at(-1)?.fraction).toBeGreaterThan(0.5);
    await engine.watch();
    await vi.waitFor(() => expect(of('ended')).toHaveLength(1));
    expect(
      of('observed')
        .map(({ frame }) => frame.moment.timeS)
        .slice(0, 3),
    ).toEqual([0, 0.1, 0.2]);
    expect(of('observed')).toHaveLength(60);
    expect(of('observed').every(({ frame }) => frame.picture === null)).toBe(true);
    const alerts = of('alert').map(({ event }) => event);
    expect(new Set(alerts.map(({ id }) => id)).size).toBe(1);
    expect(alerts.at(-1)).toMatchObject({ startS: 3.1, endS: 4 });
    expect(alerts.at(-1)?.thumbnail).toBeInstanceOf(Blob);
    expect(opened).toHaveLength(2);
  });

  it('can be watched again from its start', async () => {
    const { engine, of } = using(await setUp(() => recording(1)));
    await engine.open(request);
    await engine.setScene(scene);
    for (const times of [1, 2]) {
      await engine.watch();
      await vi.waitFor(() => expect(of('ended')).toHaveLength(times));
    }
    expect(of('observed')).toHaveLength(20);
  });

  it('that is cut off gives all before the cut, then fails with its sentence', async () => {
    const { engine, of } = using(await setUp(() => recording(6, true)));
    await engine.open(request);
    await engine.setScene(scene);
    await engine.watch();
    await vi.waitFor(() =>
      expect(of('failed')).toMatchObject([{ code: 'truncated', message: expect.stringContaining('cut off') }]),
    );
    expect(of('observed')).toHaveLength(20);
  });

  it('too short to learn from is refused with the detector’s sentence, and stays open', async () => {
    const { engine } = using(await setUp(() => recording(0.3)));
    await engine.open(request);
    await expect(engine.learn({ kind: 'range', fromS: 0, toS: 2 })).rejects.toThrow('Only 3 frames were seen');
    await engine.setScene(scene);
    await engine.watch();
  });

  it('of another picture size than the scene’s is refused, and so is an example of another size', async () => {
    let example = false;
    const open = () => {
      const source = recording(6);
      return example ? { ...source, info: { ...source.info, name: 'b.mp4', width: 2 * SIDE } } : source;
    };
    const { engine, of } = using(await setUp(open));
    await engine.open(request);
    await expect(engine.setScene({ ...scene, height: 12 })).rejects.toThrow(
      'This scene was learned at 16×12 pixels, but “a.mp4” has 16×16; learn the scene again.',
    );
    await expect(engine.watch()).rejects.toThrow('let Oriel learn it first');
    example = true;
    await expect(engine.learn({ kind: 'example', file: request.file })).rejects.toThrow(
      '“b.mp4” has 32×16 pixels, but “a.mp4” has 16×16',
    );
    expect(of('learning')).toEqual([]);
  });

  it('whose learning is cancelled during the fit is learned no more, and watched with the scene before', async () => {
    let fitted: () => void = () => undefined;
    fitting = new Promise((resolve) => (fitted = resolve));
    let detector: Detector | null = null;
    const create = (objects: ObjectFinder) => (detector = differenceDetector(objects));
    const { engine, of } = using(await setUp(() => recording(6), { detector: { ...entry, create } }));
    await engine.open(request);
    await engine.setScene(scene);
    const finishLearning = vi.spyOn(detector!, 'finishLearning');
    const learning = engine.learn({ kind: 'range', fromS: 0, toS: 2 });
    await vi.waitFor(() => expect(finishLearning).toHaveBeenCalled());
    const cancelled = engine.cancelLearning();
    fitted();
    await Promise.all([learning, cancelled]);
    expect(of('learned')).toEqual([]);
    expect(detector!.scene).toBe(scene);
  });

  it('is not watched before something is known of the scene', async () => {
    const { engine } = using(await setUp(() => recording(1)));
    await engine.open(request);
    await expect(engine.watch()).rejects.toThrow('let Oriel learn it first');
  });

  it('waits for a page that is slow to take its frames', async () => {
    const { engine, messages, of } = using(await setUp(() => recording(6)));
    let acknowledge: () => void = () => undefined;
    engine.listen((message) => {
      messages.push(message);
      return message.type === 'observed' ? new Promise((resolve) => (acknowledge = resolve)) : undefined;
    });
    await engine.open(request);
    await engine.setScene(scene);
    await engine.watch();
    await vi.waitFor(() => expect(of('observed')).toHaveLength(1));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(of('observed')).toHaveLength(1);
    acknowledge();
    await vi.waitFor(() => expect(of('observed')).toHaveLength(2));
    acknowledge();
    engine.listen((message) => void messages.push(message));
  });
});

describe('a camera', () => {
  it('is shown, learned for a while, and watched, all on one stream', async () => {
    const { source, give } = camera();
    const { engine, of, opened } = using(await setUp(() => source));
    await engine.open(request);
    await give(frameAt(0));
    await vi.waitFor(() => expect(of('preview')).toHaveLength(1));
    const learned = engine.learn({ kind: 'live', seconds: 1 });
    for (let index = 1; index <= 11; index++) await give(frameAt(index / 10));
    await learned;
    expect(of('learned')).toMatchObject([{ scene: { frames: 11 } }]);
    await engine.watch();
    for (let index = 12; index < 16; index++) await give(frameAt(index / 10));
    await vi.waitFor(() => expect(of('observed').length).toBeGreaterThan(2));
    expect(of('observed')[0].frame.picture).not.toBeNull();
    expect(opened).toHaveLength(1);
  });

  it('marks the time in which the tab was hidden', async () => {
    const { source, give } = camera();
    const { engine, of } = using(await setUp(() => source));
    await engine.open(request);
    await engine.setScene(scene);
    await engine.watch();
    await give(frameAt(0));
    await vi.waitFor(() => expect(of('observed')).toHaveLength(1));
    await engine.pause('hidden');
    await give(frameAt(5));
    await engine.resume();
    await give(frameAt(9));
    await vi.waitFor(() => expect(of('gap')).toEqual([{ type: 'gap', fromS: 0, toS: 9, why: 'hidden' }]));
    await give(frameAt(20));
    await vi.waitFor(() => expect(of('gap')[1]).toMatchObject({ why: 'stalled', fromS: 9, toS: 20 }));
  });

  it('that stalls is not called hidden because of a short pause before', async () => {
    const { source, give } = camera();
    const { engine, of } = using(await setUp(() => source));
    await engine.open(request);
    await engine.setScene(scene);
    await engine.watch();
    await give(frameAt(0));
    await engine.pause('hidden');
    await engine.resume();
    await give(frameAt(1));
    await give(frameAt(9));
    await vi.waitFor(() => expect(of('gap')).toMatchObject([{ why: 'stalled', fromS: 1, toS: 9 }]));
  });

  it('ends an alert before a gap; what is rare after it is another alert', async () => {
    const { source, give } = camera();
    const { engine, of } = using(await setUp(() => source));
    await engine.open(request);
    await engine.setScene(scene);
    await engine.watch();
    const flickerFrom = async (startS: number) => {
      for (let index = 0; index < 10; index++) await give(frameAt(startS + index / 10, index % 2 ? 255 : 0));
    };
    await flickerFrom(0);
    await flickerFrom(4);
    await engine.stop();
    const alerts = of('alert').map(({ event }) => event);
    const before = alerts.filter(({ id }) => id === alerts[0].id);
    expect(before.at(-1)).toMatchObject({ startS: 0.1, endS: 0.9 });
    expect(alerts.at(-1)).toMatchObject({ startS: 4.1, endS: 4.9 });
    expect(new Set(alerts.map(({ id }) => id)).size).toBe(2);
  });

  it('can be cancelled while it is learned, and is turned off by stop', async () => {
    const { source, give, isDisposed } = camera();
    const { engine, of } = using(await setUp(() => source));
    await engine.open(request);
    const learned = engine.learn({ kind: 'live', seconds: 100 });
    await give(frameAt(0));
    await engine.cancelLearning();
    await learned;
    expect(of('learned')).toEqual([]);
    expect(isDisposed()).toBe(false);
    await engine.stop();
    expect(isDisposed()).toBe(true);
  });

  it('that falls silent while it is watched is told to the page', async () => {
    vi.useFakeTimers();
    const { source, give } = camera();
    const { engine, of } = using(await setUp(() => source));
    await engine.open(request);
    await engine.setScene(scene);
    await engine.watch();
    await give(frameAt(0));
    await vi.advanceTimersByTimeAsync(6000);
    expect(of('silent')).toMatchObject([{ silent: true }]);
    await engine.stop();
    expect(of('silent')).toMatchObject([{ silent: true }, { silent: false }]);
  });

  it('that ends by itself ends the watching', async () => {
    const { source, give } = camera();
    const { engine, of } = using(await setUp(() => source));
    await engine.open(request);
    await engine.setScene(scene);
    await engine.watch();
    await give(frameAt(0));
    await give(null);
    await vi.waitFor(() => expect(of('ended')).toHaveLength(1));
  });
});

describe('the engine', () => {
  it('reports loading, then the backend, dropped frames and tensors', async () => {
    const { source } = camera();
    const { engine, of } = using(await setUp(() => source));
    expect(of('loading').map(({ fraction }) => fraction)).toEqual([0.5, 1]);
    await engine.open(request);
    expect(of('status')[0].status).toMatchObject({ backend: { backend: 'wasm' }, keyFps: 2, tensors: 5 });
  });

  it('says when the object worker is rebuilt and goes on', async () => {
    const { engine, of, finderEvents } = using(await setUp(() => recording(1)));
    await engine.open(request);
    await engine.setScene(scene);
    finderEvents().onRebuilding('device lost');
    await engine.watch();
    await vi.waitFor(() => expect(of('ended')).toHaveLength(1));
    expect(of('rebuilding')).toMatchObject([{ why: 'device lost' }]);
  });

  it('lets go of a finder that gave up, and opens nothing before it is loaded anew', async () => {
    const { engine, of, finder, finderEvents } = using(await setUp(() => recording(1)));
    await engine.open(request);
    finderEvents().onGivenUp(new FinderGaveUpError('Objects cannot be found any more.'));
    await vi.waitFor(() => expect(of('failed')).toMatchObject([{ code: 'FinderGaveUpError' }]));
    expect(finder.dispose).toHaveBeenCalledOnce();
    await expect(engine.open(request)).rejects.toThrow('before it was loaded');
    await engine.load('auto', '/');
    await engine.open(request);
  });

  it('refuses to open a source before it is loaded', async () => {
    const engine = createEngineSession({
      startFinder: () => Promise.reject(new Error('no')),
      openSource: async () => recording(1),
      detector: entry,
      pictures: { bitmap: vi.fn(), thumbnail: vi.fn() },
      keepFootage: async () => null,
    });
    await expect(engine.open(request)).rejects.toThrow('before it was loaded');
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Detector, DetectorEntry, DetectorTools, LearnedScene, NetworkTensors } from '../detectors/detector';
import { LearningError } from '../detectors/detector';
import { type Frame, type FrameSource, SourceError } from '../media/frame';
import { createEngineSession, type EngineParts } from './engine-session';
import type { EngineApi, EngineMessage, SourceRequest } from './protocol';
import { type RecoveringTensors, type TensorEvents, TensorsGaveUpError } from './recovering-tensors';
import type { TensorRequest } from './tensor.worker';

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
function differenceDetector(tools: DetectorTools, judgesUnlearned = false): Detector {
  const objects = tools.objects();
  let last: Frame | null = null;
  let taken = 0;
  let gaps = 0;
  let learned: LearnedScene | null = null;
  const difference = (frame: Frame) => {
    const change = last ? Math.abs(frame.data[0] - last.data[0]) / 255 : 0;
    last = frame;
    return change;
  };
  return {
    name: 'difference',
    judgesUnlearned,
    get scene() {
      return learned;
    },
    async step(frame) {
      if (objects.wait) await objects.find(frame);
      const raw = difference(frame);
      const values = new Float32Array([raw]);
      const judged = { timeS: frame.timeS, raw, returnPeriodS: raw > 0.5 ? 1e5 : 1, score: raw, extrapolated: false };
      const evidence = { width: 1, height: 1, values };
      const attention = { maps: [{ name: 'all', ...evidence }], ranges: [{ name: 'now', weight: raw }] };
      return { ...judged, reasons: [], objects: [], motion: 1, evidence, attention };
    },
    async learnStep() {
      taken++;
      return 1;
    },
    async finishLearning(onProgress = () => undefined) {
      onProgress(0.25);
      await fitting;
      onProgress(1);
      if (taken < 5) throw new LearningError(`Only ${taken} frames were seen; let it learn longer.`);
      learned = { ...scene, frames: taken, model: { gaps } };
      return learned;
    },
    cancelLearning: () => {
      taken = 0;
    },
    setScene: (given) => {
      learned = given;
    },
    setAccepted: () => undefined,
    rawAt: () => 1,
    reset: (after) => {
      last = null;
      if (after === 'gap') gaps++;
    },
    dispose: () => undefined,
  };
}

const card = { summary: '', judgesUnlearned: false, mostLearned: 10_000, attentionMissing: null };
const entry: DetectorEntry = {
  card: { name: 'difference', title: 'Difference', ...card },
  needs: { objects: true, network: null },
  config: {},
  create: (tools) => differenceDetector(tools),
};
const advance: DetectorEntry = {
  ...entry,
  card: { name: 'advance', title: 'In advance', ...card },
  create: (tools) => differenceDetector(tools, true),
};

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
  tensorEvents(): TensorEvents;
  opened: SourceRequest[];
  tensors: RecoveringTensors;
  started: TensorRequest[];
}

function fakeTensors(): RecoveringTensors {
  return {
    info: { backend: 'wasm', reason: 'chosen', threads: 1 },
    tensors: 5,
    keyFps: () => 2,
    prepare: async () => undefined,
    finder: (wait) => ({
      embeddingSize: 1,
      wait,
      find: async () => ({ objects: [], patches: null }),
      dispose: () => undefined,
    }),
    network: () => ({ ...({} as NetworkTensors), dispose: () => undefined }),
    dispose: vi.fn(),
  };
}

async function setUp(open: () => FrameSource, given: Partial<EngineParts> = {}): Promise<Setup> {
  const messages: EngineMessage[] = [];
  const opened: SourceRequest[] = [];
  const started: TensorRequest[] = [];
  let tensorEvents: TensorEvents | null = null;
  let clockMs = 0;
  const tensors = fakeTensors();
  const engine = createEngineSession({
    startTensors: async (request, events) => {
      started.push(request);
      tensorEvents = events;
      events.onProgress(0.5, 'Loading');
      return tensors;
    },
    openSource: async (request) => {
      opened.push(request);
      return open();
    },
    detectors: { difference: entry, advance },
    pictures: {
      bitmap: async () => ({ close: () => undefined }) as ImageBitmap,
      thumbnail: async () => new Blob(['jpeg']),
    },
    keepFootage: async () => null,
    now: () => (clockMs += 10),
    ...given,
  });
  engine.listen((message) => void messages.push(message));
  await engine.load('auto', 'difference', '/');
  return {
    engine,
    messages,
    opened,
    tensors,
    started,
    tensorEvents: () => tensorEvents!,
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
    expect(of('learning').at(-1)).toMatchObject({ moving: null, fraction: expect.closeTo(0.925) });
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
    const create = (tools: DetectorTools) => (detector = differenceDetector(tools));
    const detectors = { difference: { ...entry, create } };
    const { engine, of } = using(await setUp(() => recording(6), { detectors }));
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

  it('does not learn across the time in which nobody watched', async () => {
    const { source, give } = camera();
    const { engine, of } = using(await setUp(() => source));
    await engine.open(request);
    await give(frameAt(0));
    const learned = engine.learn({ kind: 'live', seconds: 1.5 });
    for (let index = 1; index <= 5; index++) await give(frameAt(index / 10));
    await engine.pause('hidden');
    await give(frameAt(60));
    await engine.resume();
    for (let index = 1; index <= 8; index++) await give(frameAt(600 + index / 10));
    await learned;
    expect(of('learned')).toMatchObject([{ scene: { model: { gaps: 1 } } }]);
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

  it('says when the tensor worker is rebuilt and goes on', async () => {
    const { engine, of, tensorEvents } = using(await setUp(() => recording(1)));
    await engine.open(request);
    await engine.setScene(scene);
    tensorEvents().onRebuilding('device lost');
    await engine.watch();
    await vi.waitFor(() => expect(of('ended')).toHaveLength(1));
    expect(of('rebuilding')).toMatchObject([{ why: 'device lost' }]);
  });

  it('lets go of models that gave up, and opens nothing before it is loaded anew', async () => {
    const { engine, of, tensors, tensorEvents } = using(await setUp(() => recording(1)));
    await engine.open(request);
    tensorEvents().onGivenUp(new TensorsGaveUpError('The models were lost.'));
    await vi.waitFor(() => expect(of('failed')).toMatchObject([{ code: 'TensorsGaveUpError' }]));
    expect(tensors.dispose).toHaveBeenCalledOnce();
    await expect(engine.open(request)).rejects.toThrow('before it was loaded');
    await engine.load('auto', 'difference', '/');
    await engine.open(request);
  });

  it('puts another detector in place of the one that watches: the source stays, the models are loaded anew', async () => {
    const { source, give, isDisposed } = camera();
    const { engine, of, started, tensors } = using(await setUp(() => source));
    await engine.open(request);
    await engine.setScene(scene);
    await engine.watch();
    await give(frameAt(0));
    await vi.waitFor(() => expect(of('observed')).toHaveLength(1));
    await engine.chooseDetector('advance');
    expect(started.map(({ detector }) => detector)).toEqual(['difference', 'advance']);
    expect(tensors.dispose).toHaveBeenCalledOnce();
    expect(isDisposed()).toBe(false);
    await give(frameAt(1));
    await vi.waitFor(() => expect(of('preview')).toHaveLength(1));
    expect(of('observed')).toHaveLength(1);
    await engine.watch();
    await give(frameAt(2));
    await vi.waitFor(() => expect(of('observed')).toHaveLength(2));
  });

  it('lets go of the source where another detector cannot be loaded', async () => {
    const { source, isDisposed } = camera();
    const tensors = fakeTensors();
    const startTensors = vi.fn(async () => tensors);
    const { engine } = using(await setUp(() => source, { startTensors }));
    await engine.open(request);
    startTensors.mockRejectedValueOnce(new Error('The network is missing on this server.'));
    await expect(engine.chooseDetector('advance')).rejects.toThrow('missing on this server');
    expect(isDisposed()).toBe(true);
    await expect(engine.open(request)).rejects.toThrow('before it was loaded');
  });

  it('gives up a load that another choice overtakes, and lets its models go', async () => {
    let finish: () => void = () => undefined;
    const dispose = vi.fn();
    const tensors = fakeTensors();
    const slow = createEngineSession({
      startTensors: ({ detector }) =>
        detector === 'advance'
          ? new Promise((resolve) => (finish = () => resolve({ ...tensors, dispose })))
          : Promise.resolve(tensors),
      openSource: async () => recording(1),
      detectors: { difference: entry, advance },
      pictures: { bitmap: vi.fn(), thumbnail: vi.fn() },
      keepFootage: async () => null,
    });
    await slow.load('auto', 'difference', '/');
    const overtaken = slow.chooseDetector('advance');
    const refused = expect(overtaken).rejects.toThrow('Another detector was chosen');
    await vi.waitFor(() => expect(slow.load('auto', 'difference', '/')).resolves.toMatchObject({ backend: 'wasm' }));
    finish();
    await refused;
    expect(dispose).toHaveBeenCalledOnce();
    await slow.open(request);
  });

  it('sends attention while it is shown', async () => {
    const { engine, of } = using(await setUp(() => recording(1)));
    await engine.open(request);
    await engine.setScene(scene);
    await engine.watch();
    await vi.waitFor(() => expect(of('ended')).toHaveLength(1));
    expect(of('observed').every(({ frame }) => frame.attention === null)).toBe(true);
    await engine.showAttention(true);
    await engine.watch();
    await vi.waitFor(() => expect(of('ended')).toHaveLength(2));
    expect(of('observed').at(-1)?.frame.attention).toMatchObject({
      maps: [{ name: 'all', width: 1, height: 1, values: new Uint8Array(1) }],
      ranges: [{ name: 'now', weight: 0 }],
    });
  });

  it('refuses to open a source before it is loaded', async () => {
    const engine = createEngineSession({
      startTensors: () => Promise.reject(new Error('no')),
      openSource: async () => recording(1),
      detectors: { difference: entry },
      pictures: { bitmap: vi.fn(), thumbnail: vi.fn() },
      keepFootage: async () => null,
    });
    await expect(engine.open(request)).rejects.toThrow('before it was loaded');
  });
});

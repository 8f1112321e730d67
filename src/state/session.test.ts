import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LearnedScene } from '../detectors/detector';
import { SourceError, type SourceInfo } from '../media/frame';
import type { LiveCapture } from '../media/live-capture';
import type { Camera } from '../media/webcam';
import { type Database, openDatabase } from '../storage/database';
import { recordingOf } from '../storage/events.fixture';
import type { ClientEvents, Engine } from '../worker/engine-client';
import type { EngineMessage, ObservedFrame } from '../worker/protocol';
import { createKeepsakes } from './keepsakes';
import { createRecorder } from './recorder';
import { createWatchSession, type SessionParts } from './session';
import { createWatchStore } from './watch-store';

const scene: LearnedScene = {
  detector: 'hybrid',
  version: 1,
  width: 4,
  height: 4,
  durationS: 60,
  frames: 600,
  model: null,
};
const camera: SourceInfo = {
  kind: 'webcam',
  name: 'Desk',
  id: 'webcam:abc',
  width: 4,
  height: 4,
  durationS: null,
  live: true,
};
const video: SourceInfo = { kind: 'file', name: 'a.mp4', id: 'file:a', width: 4, height: 4, durationS: 9, live: false };

const observed = (timeS: number): EngineMessage => {
  const frame: ObservedFrame = {
    moment: { timeS, raw: 1, returnPeriodS: 60, score: 0.4, extrapolated: false, reasons: [], objects: [] },
    intervalMs: 100,
    picture: null,
    evidence: { width: 1, height: 1, values: new Uint8Array([9]) },
    attention: null,
  };
  return { type: 'observed', frame };
};

let database: Database;
let named = 0;
afterEach(() => database.delete());

/** A session over a fake engine; `send` is what the engine says, `crash` what it suffers. */
function setUp(given: Partial<SessionParts> & { engine?: Partial<Engine> } = {}) {
  const store = createWatchStore();
  database = openDatabase(`session-${named++}`);
  let events: ClientEvents | null = null;
  let hide: (hidden: boolean) => void = () => undefined;
  let returned: (back: Camera) => void = () => undefined;
  const capture = (deviceId = 'abc'): LiveCapture => ({
    info: { ...camera, id: `webcam:${deviceId}` },
    request: { kind: 'stream', info: { ...camera, id: `webcam:${deviceId}` }, frames: new ReadableStream() },
    transfer: [],
    stream: null as unknown as MediaStream,
    onEnded: null,
    dispose: vi.fn(),
  });
  const engine = {
    load: vi.fn(async () => ({ backend: 'wasm', reason: '', threads: 1 }) as const),
    open: vi.fn(async (request) =>
      'info' in request ? request.info : request.kind === 'demo' ? { ...camera, kind: 'demo', id: 'demo' } : video,
    ),
    setScene: vi.fn(async () => undefined),
    learn: vi.fn(async () => undefined),
    cancelLearning: vi.fn(async () => undefined),
    watch: vi.fn(async () => undefined),
    pause: vi.fn(async () => undefined),
    resume: vi.fn(async () => undefined),
    stop: vi.fn(async () => undefined),
    setAlertOptions: vi.fn(async () => undefined),
    chooseDetector: vi.fn(async () => ({ backend: 'wasm', reason: '', threads: 1 }) as const),
    showAttention: vi.fn(async () => undefined),
    ...given.engine,
  } satisfies Engine;
  const parts = {
    store,
    createClient(heard: ClientEvents) {
      events = heard;
      return { engine, dispose: () => undefined };
    },
    keepsakes: createKeepsakes(database, store),
    recorder: createRecorder({ database, onRefused: (notice) => store.setState({ notice }), persist: () => {} }),
    backend: 'auto',
    listCameras: async () => [],
    openWebcam: vi.fn(async (deviceId?: string) => capture(deviceId)),
    openScreen: vi.fn(async () => capture()),
    onCameraReturn: vi.fn((_lost: Camera, listener: (camera: Camera) => void) => {
      returned = listener;
      return () => undefined;
    }),
    admit: vi.fn(),
    demoScene: async () => scene,
    onVisibility: (listener: (hidden: boolean) => void) => {
      hide = listener;
      return () => undefined;
    },
    saveReport: vi.fn(),
    ...given,
  } satisfies SessionParts;
  return {
    store,
    state: () => store.getState(),
    engine,
    parts,
    actions: createWatchSession(parts),
    send: (message: EngineMessage) => void events?.listener(message),
    crash: () => events?.onCrash('boom'),
    hide: (hidden: boolean) => hide(hidden),
    cameraReturns: (back: Camera) => returned(back),
  };
}

/** A camera that is being watched, with one judged frame. */
async function watching(given: Parameters<typeof setUp>[0] = {}) {
  const session = setUp(given);
  const { actions } = session;
  // biome-ignore lint/correctness/useHookAtTopLevel: an action, no React hook
  await actions.useWebcam();
  session.send({ type: 'learned', scene });
  await actions.watch();
  session.send(observed(5));
  return session;
}

describe('what the user called normal', () => {
  it('is told to the engine when watching begins, and whenever it changes', async () => {
    const { actions, engine, state } = await watching();
    const exception = { label: 'truck', box: { x0: 0, y0: 0, x1: 2, y1: 2 }, raw: 3, cues: ['class'] };
    await database.recordings.put(recordingOf('r', { source: camera, detector: state().detector }));
    const label = { id: 'l', recordingId: 'r', eventId: 'e', verdict: 'normal' as const, fromS: 0, toS: 1, saidAt: 0 };
    await database.labels.put({ ...label, exceptions: [exception] });
    await actions.heedLabels();
    expect(engine.setAlertOptions).toHaveBeenLastCalledWith(expect.objectContaining({ exceptions: [exception] }));
    await actions.watch();
    expect(engine.setAlertOptions).toHaveBeenLastCalledWith(expect.objectContaining({ exceptions: [exception] }));
    await database.labels.clear();
    await actions.heedLabels();
    expect(engine.setAlertOptions).toHaveBeenLastCalledWith(expect.objectContaining({ exceptions: [] }));
  });
});

describe('opening', () => {
  it('asks, loads, opens, and offers the scenes saved for this camera', async () => {
    const { actions, store, state, send, parts } = setUp();
    const phases: string[] = [];
    store.subscribe(({ phase }) => phases.at(-1) !== phase && phases.push(phase));
    await actions.useWebcam();
    expect(phases).toEqual(['empty', 'asking-permission', 'loading', 'opened']);
    send({ type: 'learned', scene });
    await vi.waitFor(() => expect(state().savedScenes).toHaveLength(1));
    await actions.stop();
    expect(state()).toMatchObject({ phase: 'empty', source: null, savedScenes: [] });
    await actions.useWebcam();
    expect(parts.openWebcam).toHaveBeenLastCalledWith('abc');
    const [{ id }] = state().savedScenes;
    await actions.useSavedScene(id);
    expect(state()).toMatchObject({ phase: 'watching', scene });
  });

  it('falls back to another camera where the one used last is gone', async () => {
    const { actions, state, parts } = setUp();
    parts.keepsakes.prefer('cameraId', 'gone');
    vi.mocked(parts.openWebcam).mockRejectedValueOnce(new SourceError('no-camera', 'It is not connected.'));
    await actions.useWebcam();
    expect(state().phase).toBe('opened');
    expect(vi.mocked(parts.openWebcam).mock.calls).toEqual([['gone'], []]);
  });

  it('says in one sentence what is wrong, and starts again from there', async () => {
    const { actions, state } = setUp({
      openWebcam: () => Promise.reject(new SourceError('permission-denied', 'Allow the camera in the address bar.')),
    });
    await actions.useWebcam();
    expect(state()).toMatchObject({
      phase: 'error',
      error: { code: 'permission-denied', message: 'Allow the camera in the address bar.' },
    });
    actions.dismissError();
    expect(state()).toMatchObject({ phase: 'empty', error: null });
  });

  it('offers no saved scene of another picture size', async () => {
    const { actions, state, parts } = setUp();
    await parts.keepsakes.keepScene(camera, { ...scene, width: 8 });
    await parts.keepsakes.keepScene(camera, { ...scene, durationS: 7 });
    await actions.useWebcam();
    expect(state().savedScenes).toMatchObject([{ durationS: 7 }]);
  });

  it('tries to load again after a load that failed', async () => {
    const load = vi.fn<Engine['load']>().mockRejectedValueOnce(new Error('The object model is missing.'));
    load.mockResolvedValue({ backend: 'wasm', reason: '', threads: 1 });
    const { actions, state } = setUp({ engine: { load } });
    await actions.openVideo(new File([], 'a.mp4'));
    expect(state().error?.message).toBe('The object model is missing.');
    await actions.openVideo(new File([], 'a.mp4'));
    expect(state()).toMatchObject({ phase: 'opened', error: null, source: video });
    expect(actions.playerUrl()).toMatch(/^blob:/);
  });

  it('turns a camera off that was granted after the user went on to something else', async () => {
    let grant: ((capture: LiveCapture) => void) | null = null;
    const late = { dispose: vi.fn(), info: camera, request: { info: camera }, transfer: [] } as unknown as LiveCapture;
    const { actions, state } = setUp({ openWebcam: () => new Promise((resolve) => (grant = resolve)) });
    const asked = actions.useWebcam();
    const permit = await vi.waitUntil(() => grant);
    await actions.openVideo(new File([], 'a.mp4'));
    permit(late);
    await asked;
    expect(late.dispose).toHaveBeenCalledOnce();
    expect(state()).toMatchObject({ phase: 'opened', source: video });
  });

  it('shows the demo at once with the scene it ships, and without it lets the user learn', async () => {
    const shipped = setUp();
    await shipped.actions.tryDemo();
    expect(shipped.state()).toMatchObject({ phase: 'watching', scene });
    const missing = setUp({ demoScene: () => Promise.reject(new Error('404')) });
    await missing.actions.tryDemo();
    expect(missing.state()).toMatchObject({ phase: 'opened', notice: expect.stringContaining('could not be loaded') });
  });
});

describe('learning', () => {
  it('that fails says why and leaves the source open', async () => {
    const { actions, state } = setUp({
      engine: { learn: () => Promise.reject(new Error('Nothing moved; learn longer.')) },
    });
    await actions.useWebcam();
    await actions.learn({ kind: 'live', seconds: 30 });
    expect(state()).toMatchObject({ phase: 'opened', error: { message: 'Nothing moved; learn longer.' } });
  });

  it('goes on where the scene cannot be stored, and says so', async () => {
    const session = setUp();
    await session.actions.useWebcam();
    vi.spyOn(database.scenes, 'add').mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
    session.send({ type: 'learned', scene });
    await vi.waitFor(() => expect(session.state().notice).toContain('storage is full'));
    await session.actions.watch();
    expect(session.state()).toMatchObject({ phase: 'watching', scene });
  });
});

describe('watching', () => {
  it('stops with the results kept, and the camera off', async () => {
    const { actions, state, engine } = await watching();
    await actions.stop();
    expect(engine.stop).toHaveBeenCalled();
    expect(state()).toMatchObject({ phase: 'ended', timeline: [{ timeS: 5 }] });
    await actions.stop();
    expect(state()).toMatchObject({ phase: 'empty', timeline: [], scene: null });
  });

  it('stops though the engine has hung, and the next source gets another engine', async () => {
    const { state, actions, engine, parts } = await watching({ engine: { stop: () => new Promise(() => {}) } });
    const made = vi.spyOn(parts, 'createClient');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const stopping = actions.stop();
      await vi.advanceTimersByTimeAsync(20_000);
      await stopping;
    } finally {
      vi.useRealTimers();
    }
    expect(state().phase).toBe('ended');
    await actions.useWebcam();
    expect(made).toHaveBeenCalledOnce();
    expect(engine.load).toHaveBeenCalledTimes(2);
    expect(state()).toMatchObject({ phase: 'opened', error: null });
  });

  it('goes on while the tab is hidden', async () => {
    const { state, hide, engine } = await watching();
    hide(true);
    expect(state().phase).toBe('watching');
    expect(engine.pause).not.toHaveBeenCalled();
  });

  it('pauses while the tab is hidden where the browser gives it no pictures then', async () => {
    const openWebcam = async (): Promise<LiveCapture> => ({
      info: camera,
      request: { kind: 'bitmaps', info: camera, port: new MessageChannel().port1 },
      transfer: [],
      stream: null as unknown as MediaStream,
      onEnded: null,
      dispose: vi.fn(),
    });
    const { state, hide, engine } = await watching({ openWebcam });
    hide(true);
    expect(state().phase).toBe('paused');
    hide(false);
    expect(state().phase).toBe('watching');
    expect(engine.pause).toHaveBeenCalledOnce();
    expect(engine.resume).toHaveBeenCalledOnce();
  });

  it('says that the camera has fallen silent, until it sends again', async () => {
    const { state, send } = await watching();
    send({ type: 'silent', silent: true });
    expect(state()).toMatchObject({ phase: 'watching', notice: expect.stringContaining('sends no pictures') });
    send({ type: 'silent', silent: false });
    expect(state().notice).toBeNull();
  });

  it('looks up analysed frames of a file by time', async () => {
    const { actions, send } = setUp();
    await actions.openVideo(new File([], 'a.mp4'));
    await actions.watch();
    send(observed(1));
    expect(actions.frameAt(1.2)?.moment.timeS).toBe(1);
    expect(actions.frameAt(4)).toBeNull();
  });

  it('judges a finished recording again when the alert budget changes', async () => {
    const { actions, state, send } = setUp();
    await actions.openVideo(new File([], 'a.mp4'));
    await actions.watch();
    for (const timeS of [1, 1.2, 1.4, 1.6]) send(observed(timeS));
    send({ type: 'ended' });
    await actions.setAlertBudget(120);
    expect(state().alerts).toMatchObject([{ startS: 1, endS: 1.6 }]);
    await actions.setAlertBudget(1);
    expect(state().alerts).toEqual([]);
  });

  it('keeps what was judged when the file turns out to be cut off', async () => {
    const { actions, state, send } = setUp();
    await actions.openVideo(new File([], 'a.mp4'));
    await actions.watch();
    send(observed(1));
    send({ type: 'failed', code: 'truncated', message: 'It is cut off.' });
    expect(state()).toMatchObject({ phase: 'ended', error: { code: 'truncated' }, timeline: [{ timeS: 1 }] });
  });
});

describe('choosing a detector', () => {
  const ofStadnet = { ...scene, detector: 'stadnet' };

  it('while watching starts anew with its newest scene of this source, and is remembered', async () => {
    const { actions, state, engine, parts } = await watching();
    await parts.keepsakes.keepScene(camera, ofStadnet);
    await actions.chooseDetector('stadnet');
    expect(engine.chooseDetector).toHaveBeenCalledExactlyOnceWith('stadnet');
    expect(engine.setScene).toHaveBeenLastCalledWith(ofStadnet);
    expect(state()).toMatchObject({ phase: 'watching', detector: 'stadnet', judgedBy: 'stadnet', timeline: [] });
    expect(await parts.keepsakes.preferences()).toMatchObject({ detector: 'stadnet' });
  });

  it('while the camera is being opened waits until it is', async () => {
    let grant = () => {};
    const granted = new Promise<void>((resolve) => {
      grant = resolve;
    });
    const { state, actions, engine, parts } = setUp();
    const { openWebcam } = parts;
    parts.openWebcam = async (deviceId) => {
      await granted;
      return openWebcam(deviceId);
    };
    const opening = actions.useWebcam();
    await vi.waitFor(() => expect(state().phase).toBe('asking-permission'));
    const choosing = actions.chooseDetector('stadnet');
    expect(engine.chooseDetector).not.toHaveBeenCalled();
    grant();
    await Promise.all([opening, choosing]);
    expect(state()).toMatchObject({ phase: 'opened', detector: 'stadnet', source: { id: 'webcam:abc' } });
    expect(engine.chooseDetector).toHaveBeenCalledExactlyOnceWith('stadnet');
  });

  it('without a scene of its own offers to learn one, and none of another detector', async () => {
    const { actions, state, engine } = await watching();
    await actions.chooseDetector('stadnet');
    expect(state()).toMatchObject({ phase: 'opened', scene: null, savedScenes: [], timeline: [] });
    await actions.skipLearning();
    expect(engine.setScene).toHaveBeenLastCalledWith(null);
    expect(state()).toMatchObject({ phase: 'watching', scene: null, judgedBy: 'stadnet' });
  });

  it('that cannot be loaded ends in one sentence, with the camera off', async () => {
    const { actions, state } = await watching({
      engine: { chooseDetector: () => Promise.reject(new Error('The network is missing on this server.')) },
    });
    await actions.chooseDetector('stadnet');
    expect(state()).toMatchObject({ phase: 'error', error: { message: 'The network is missing on this server.' } });
  });

  it('after a run leaves the results, and loads it with the next source', async () => {
    const { actions, state, engine } = await watching();
    await actions.stop();
    await actions.chooseDetector('stadnet');
    expect(engine.chooseDetector).not.toHaveBeenCalled();
    expect(state()).toMatchObject({ phase: 'ended', judgedBy: 'hybrid', timeline: [{ timeS: 5 }] });
    await actions.openVideo(new File([], 'a.mp4'));
    expect(engine.load).toHaveBeenLastCalledWith('auto', 'stadnet');
  });

  it('finds the one chosen at an earlier visit, and the default where that is not there any more', async () => {
    for (const [stored, found] of [
      ['stadnet', 'stadnet'],
      ['of-long-ago', 'hybrid'],
    ]) {
      const { keepsakes } = setUp().parts;
      const preferences = async () => ({ ...(await keepsakes.preferences()), detector: stored });
      const { actions, engine } = setUp({ keepsakes: { ...keepsakes, preferences } });
      await actions.openVideo(new File([], 'a.mp4'));
      expect(engine.load).toHaveBeenLastCalledWith('auto', found);
    }
  });

  it('opens the demo to be learned where the scene it ships is another detector’s, and watches it where it is its own', async () => {
    const { actions, state } = setUp();
    await actions.chooseDetector('stadnet');
    await actions.tryDemo();
    expect(state()).toMatchObject({ phase: 'opened', notice: expect.stringContaining('let STADNet learn it here') });
    await actions.chooseDetector('hybrid');
    expect(state()).toMatchObject({ phase: 'watching', scene, notice: null });
  });

  it('goes on unlearned after a crash of the engine', async () => {
    const session = setUp();
    await session.actions.chooseDetector('stadnet');
    await session.actions.useWebcam();
    await session.actions.skipLearning();
    session.send(observed(5));
    session.crash();
    await vi.waitFor(() => expect(session.engine.watch).toHaveBeenCalledTimes(2));
    expect(session.engine.load).toHaveBeenLastCalledWith('auto', 'stadnet');
    expect(session.state()).toMatchObject({ phase: 'watching', scene: null });
  });
});

it('tells the engine whether attention is shown: at once, and a fresh engine too', async () => {
  const { actions, engine } = await watching();
  expect(engine.showAttention).toHaveBeenLastCalledWith(false);
  actions.setOverlay({ heat: 'attention' });
  expect(engine.showAttention).toHaveBeenLastCalledWith(true);
  actions.setOverlay({ opacity: 0.3 });
  expect(engine.showAttention).toHaveBeenCalledTimes(2);
});

describe('recovery', () => {
  it('an alert that was open when the engine crashed has ended where it was seen last', async () => {
    const { state, crash, engine, send } = await watching();
    const peak = { timeS: 4, raw: 1, returnPeriodS: 9e3, score: 1, extrapolated: false, reasons: [], objects: [] };
    const open = { id: 'alert-1', kind: 'unusual', severity: 'warning', startS: 3, endS: null, peak, thumbnail: null };
    send({ type: 'alert', event: open as never });
    expect(state().alerts).toMatchObject([{ endS: null }]);
    crash();
    await vi.waitFor(() => expect(engine.watch).toHaveBeenCalledTimes(2));
    expect(state().alerts).toMatchObject([{ startS: 3, endS: 5 }]);
  });

  it('a crash of the engine: the camera is opened again, with the scene, and the time line goes on', async () => {
    const { state, crash, engine, send } = await watching();
    const seenMs = Date.now();
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => seenMs + 40_000);
    crash();
    await vi.waitFor(() => expect(engine.watch).toHaveBeenCalledTimes(2));
    expect(engine.load).toHaveBeenCalledTimes(2);
    expect(engine.setScene).toHaveBeenLastCalledWith(scene);
    clock.mockRestore();
    send(observed(0.5));
    const [gap] = state().gaps;
    expect(state()).toMatchObject({ phase: 'watching', scene, gaps: [{ fromS: 5, why: 'rebuilding' }] });
    expect(gap.toS).toBeCloseTo(45.5, 0);
  });

  it('crash after crash ends with a sentence', async () => {
    const { state, crash, engine } = await watching();
    for (let times = 1; times <= 3; times++) {
      crash();
      await vi.waitFor(() => expect(engine.watch).toHaveBeenCalledTimes(times + 1));
    }
    crash();
    expect(state()).toMatchObject({ phase: 'ended', error: { code: 'engine-crashed' } });
  });

  it('crashes far apart are mended each time', async () => {
    const clock = vi.spyOn(performance, 'now');
    const { state, crash, engine } = await watching();
    for (let times = 1; times <= 6; times++) {
      clock.mockReturnValue(times * 30_000);
      crash();
      await vi.waitFor(() => expect(engine.watch).toHaveBeenCalledTimes(times + 1));
    }
    clock.mockRestore();
    expect(state()).toMatchObject({ phase: 'watching', error: null });
  });

  it('an engine that cannot start is tried four times, then given up with a sentence', async () => {
    const { actions, state, crash, engine } = setUp({
      engine: {
        load: vi.fn(async () => {
          await Promise.resolve();
          crash();
          throw new Error('The analysis stopped unexpectedly.');
        }),
      },
    });
    await actions.useWebcam();
    await vi.waitFor(() => expect(state().phase).toBe('error'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(engine.load).toHaveBeenCalledTimes(4);
    expect(state().error?.code).toBe('engine-crashed');
  });

  it('models that gave up are loaded anew with the next source', async () => {
    const { actions, state, send, engine } = await watching();
    send({ type: 'failed', code: 'TensorsGaveUpError', message: 'The models were lost.' });
    expect(state()).toMatchObject({ phase: 'ended', error: { code: 'TensorsGaveUpError' } });
    await actions.openVideo(new File([], 'a.mp4'));
    expect(state().phase).toBe('opened');
    expect(engine.load).toHaveBeenCalledTimes(2);
  });

  it('a camera unplugged is waited for, and watched again when it is back', async () => {
    const { state, send, parts, engine, cameraReturns } = await watching();
    send({ type: 'failed', code: 'unplugged', message: 'Plug it in again.' });
    expect(state()).toMatchObject({ phase: 'ended', error: { code: 'unplugged' } });
    expect(parts.onCameraReturn).toHaveBeenCalledWith({ id: 'abc', label: 'Desk' }, expect.anything());
    cameraReturns({ id: 'new', label: 'Desk' });
    await vi.waitFor(() => expect(engine.watch).toHaveBeenCalledTimes(2));
    expect(parts.openWebcam).toHaveBeenLastCalledWith('new');
    expect(state()).toMatchObject({ phase: 'watching', error: null });
  });

  it('a camera that is back but cannot be opened leaves the results, and is waited for again', async () => {
    const { state, send, parts, engine, cameraReturns } = await watching();
    send({ type: 'failed', code: 'unplugged', message: 'Plug it in again.' });
    vi.mocked(parts.openWebcam).mockRejectedValueOnce(new SourceError('camera-in-use', 'Close the other program.'));
    cameraReturns({ id: 'abc', label: 'Desk' });
    await vi.waitFor(() => expect(state().error?.code).toBe('camera-in-use'));
    expect(state()).toMatchObject({ phase: 'ended', timeline: [{ timeS: 5 }] });
    await vi.waitFor(() => expect(parts.onCameraReturn).toHaveBeenCalledTimes(2));
    cameraReturns({ id: 'abc', label: 'Desk' });
    await vi.waitFor(() => expect(engine.watch).toHaveBeenCalledTimes(2));
    expect(state()).toMatchObject({ phase: 'watching', error: null, gaps: [] });
    send(observed(0));
    expect(state().gaps).toMatchObject([{ fromS: 5, why: 'unplugged' }]);
  });

  it('a camera is waited for no more once its failure is dismissed', async () => {
    const stopped = vi.fn();
    const { actions, state, send } = setUp({ onCameraReturn: () => stopped });
    await actions.useWebcam();
    send({ type: 'failed', code: 'unplugged', message: 'Plug it in again.' });
    expect(state().phase).toBe('error');
    actions.dismissError();
    expect(state().phase).toBe('empty');
    expect(stopped).toHaveBeenCalled();
  });
});

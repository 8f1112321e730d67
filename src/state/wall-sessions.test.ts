/** Several real sessions on one wall, over fake engines: what befalls one is not felt by the others. */
import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LearnedScene } from '../detectors/detector';
import type { SourceInfo } from '../media/frame';
import type { LiveCapture } from '../media/live-capture';
import { type Database, openDatabase } from '../storage/database';
import type { ClientEvents, Engine } from '../worker/engine-client';
import type { EngineMessage } from '../worker/protocol';
import { createKeepsakes } from './keepsakes';
import { createRecorder } from './recorder';
import { createWatchSession } from './session';
import { createWall, type WallCamera } from './wall';
import { createWatchStore } from './watch-store';

const scene: LearnedScene = {
  ...{ detector: 'hybrid', version: 1, width: 4, height: 4 },
  ...{ durationS: 60, frames: 600, model: null },
};
const camera = (id: string): SourceInfo => ({
  ...{ kind: 'webcam', name: id, id: `webcam:${id}` },
  ...{ width: 4, height: 4, durationS: null, live: true },
});
const observed = (timeS: number): EngineMessage => ({
  type: 'observed',
  frame: {
    moment: { timeS, raw: 1, returnPeriodS: 60, score: 0.4, extrapolated: false, reasons: [], objects: [] },
    intervalMs: 100,
    picture: null,
    evidence: { width: 1, height: 1, values: new Uint8Array([9]) },
    attention: null,
  },
});

let database: Database;
let named = 0;
afterEach(() => database.delete());

interface FakeEngine {
  events: ClientEvents;
  dispose: ReturnType<typeof vi.fn>;
  open: ReturnType<typeof vi.fn>;
}

function setUp() {
  database = openDatabase(`wall-${named++}`);
  const engines = new Map<WallCamera['store'], FakeEngine>();
  const captures: LiveCapture[] = [];
  const openWebcam = async (id = 'usual') => {
    const info = camera(id);
    const request = { kind: 'stream' as const, info, frames: new ReadableStream<VideoFrame>() };
    const stream = null as unknown as MediaStream;
    const capture: LiveCapture = { info, request, transfer: [], stream, onEnded: null, dispose: vi.fn() };
    captures.push(capture);
    return capture;
  };
  const wall = createWall((admit) => {
    const store = createWatchStore();
    const answered = () => vi.fn(async () => undefined);
    const open = vi.fn(async (request) => request.info);
    const engine: Engine = {
      load: vi.fn(async () => ({ backend: 'wasm', reason: '', threads: 1 }) as const),
      chooseDetector: vi.fn(async () => ({ backend: 'wasm', reason: '', threads: 1 }) as const),
      ...{ open, setScene: answered(), learn: answered(), cancelLearning: answered(), watch: answered() },
      ...{ pause: answered(), resume: answered(), stop: answered() },
      ...{ setAlertOptions: answered(), showAttention: answered() },
    };
    const actions = createWatchSession({
      store,
      createClient(events) {
        const dispose = vi.fn();
        engines.set(store, { events, dispose, open });
        return { engine, dispose };
      },
      keepsakes: createKeepsakes(database, store),
      recorder: createRecorder({ database, onRefused: (notice) => store.setState({ notice }), persist: () => {} }),
      backend: 'auto',
      ...{ admit, openWebcam, openScreen: openWebcam, listCameras: async () => [] },
      ...{ onCameraReturn: () => () => undefined, onVisibility: () => () => undefined },
      ...{ demoScene: async () => scene, saveReport: vi.fn() },
    });
    return { store, actions };
  });
  return { wall, engines, captures };
}

async function watch({ store, actions }: WallCamera, id: string, engines: Map<unknown, FakeEngine>) {
  // biome-ignore lint/correctness/useHookAtTopLevel: an action, no React hook
  await actions.useWebcam(id);
  engines.get(store)?.events.listener({ type: 'learned', scene });
  await actions.watch();
  engines.get(store)?.events.listener(observed(1));
}

/** Two cameras, both watched. */
async function twoWatched() {
  const { wall, engines, captures } = setUp();
  wall.add();
  const [yard, door] = wall.store.getState().cameras;
  await watch(yard, 'yard', engines);
  await watch(door, 'door', engines);
  return { wall, engines, captures, yard, door };
}

describe('two sources on the wall', () => {
  it('one engine crashes and is mended, and the other one goes on undisturbed', async () => {
    const { engines, yard, door } = await twoWatched();
    const phases: string[] = [];
    door.store.subscribe(({ phase, notice, error }) => phases.push(`${phase} ${notice} ${error}`));
    engines.get(yard.store)?.events.onCrash('boom');
    engines.get(door.store)?.events.listener(observed(2));
    await vi.waitFor(() => expect(engines.get(yard.store)?.open).toHaveBeenCalledTimes(2));
    await vi.waitFor(() => expect(yard.store.getState().phase).toBe('watching'));
    expect(yard.store.getState().notice).toContain('stopped unexpectedly');
    expect(engines.get(door.store)?.open).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(door.store.getState().timeline).toHaveLength(2));
    expect(new Set(phases)).toEqual(new Set(['watching null null']));
  });

  it('one source fails for good, and the other one goes on', async () => {
    const { engines, yard, door } = await twoWatched();
    engines.get(yard.store)?.events.listener({ type: 'failed', code: 'unplugged', message: 'It was unplugged.' });
    expect(yard.store.getState()).toMatchObject({ phase: 'ended', error: { message: 'It was unplugged.' } });
    engines.get(door.store)?.events.listener(observed(2));
    expect(door.store.getState()).toMatchObject({ phase: 'watching', error: null });
  });

  it('the same camera twice is refused with a sentence, turned off again, and leaves the first alone', async () => {
    const { engines, captures, yard, door } = await twoWatched();
    await door.actions.useWebcam('yard');
    expect(door.store.getState()).toMatchObject({
      phase: 'error',
      error: { code: 'already-watched', message: expect.stringContaining('“yard” is on the wall already') },
    });
    expect(captures.at(-1)?.dispose).toHaveBeenCalled();
    expect(captures[0].dispose).not.toHaveBeenCalled();
    expect(engines.get(door.store)?.open).toHaveBeenCalledOnce();
    expect(yard.store.getState().phase).toBe('watching');
  });

  it('each is recorded by itself, and taking one away ends its recording, its camera and its engine only', async () => {
    const { wall, engines, captures, yard, door } = await twoWatched();
    wall.remove(yard.id);
    await vi.waitFor(() => expect(engines.get(yard.store)?.dispose).toHaveBeenCalledOnce());
    expect(captures[0].dispose).toHaveBeenCalled();
    await vi.waitFor(async () => expect(await database.recordings.toArray()).toHaveLength(1));
    expect((await database.recordings.toArray())[0]).toMatchObject({ state: 'closed', source: { name: 'yard' } });
    expect(door.store.getState().phase).toBe('watching');
    expect(engines.get(door.store)?.dispose).not.toHaveBeenCalled();
    await door.actions.stop();
    await vi.waitFor(async () => expect(await database.recordings.toArray()).toHaveLength(2));
  });

  it('each has an alert budget of its own, which is there again with its camera', async () => {
    const { wall, engines, yard, door } = await twoWatched();
    await yard.actions.setAlertBudget(12);
    await door.actions.saveRules({ perHour: 4, rules: { ...door.store.getState().sceneRules, cooldownS: 7 } });
    expect(yard.store.getState()).toMatchObject({ alertsPerHour: 12 });
    wall.remove(yard.id);
    wall.remove(door.id);
    for (const [id, perHour] of Object.entries({ yard: 12, door: 4, gate: 4 })) {
      const camera = wall.add() as WallCamera;
      await watch(camera, id, engines);
      expect(camera.store.getState().alertsPerHour, id).toBe(perHour);
      expect(camera.store.getState().sceneRules.cooldownS === 7, id).toBe(id === 'door');
    }
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { SourceError, type SourceInfo } from '../media/frame';
import type { AlertEvent } from '../worker/protocol';
import type { WatchSession } from './session';
import { createWall, forEveryCamera, MOST_CAMERAS } from './wall';
import { createWatchStore, type WatchStore } from './watch-store';

afterEach(() => vi.useRealTimers());

const source = (name: string, kind: SourceInfo['kind'] = 'webcam'): SourceInfo => ({
  ...{ kind, name, id: `${kind}:${name}` },
  ...{ width: 4, height: 4, durationS: null, live: true },
});

const alert = (id: string): AlertEvent => ({ id, startS: 1, endS: null }) as AlertEvent;

/** A wall of sessions that do nothing but open what they are admitted to. */
function setUp() {
  const admits = new Map<WatchStore, (source: SourceInfo) => void>();
  let clock = 1000;
  const wall = createWall(
    (admit) => {
      const store = createWatchStore();
      admits.set(store, admit);
      const actions = { setOverlay: vi.fn(), setAlertBudget: vi.fn(async () => undefined), dispose: vi.fn() };
      return { store, actions: actions as unknown as WatchSession };
    },
    () => clock++,
  );
  const open = (store: WatchStore, what: SourceInfo) => {
    admits.get(store)?.(what);
    store.setState({ phase: 'watching', source: what });
  };
  return { wall, open, cameras: () => wall.store.getState().cameras, alerts: () => wall.store.getState().alerts };
}

describe('the wall', () => {
  it('begins with one place, takes up to four cameras and no fifth', () => {
    const { wall, cameras } = setUp();
    expect(cameras()).toHaveLength(1);
    for (let count = 2; count <= MOST_CAMERAS; count++) expect(wall.add()).not.toBeNull();
    expect(wall.add()).toBeNull();
    expect(new Set(cameras().map(({ id }) => id)).size).toBe(MOST_CAMERAS);
  });

  it('refuses what is watched already with a sentence, until it is free again', () => {
    const { wall, open, cameras } = setUp();
    wall.add();
    const [first, second] = cameras().map(({ store }) => store);
    open(first, source('Yard'));
    expect(() => open(second, source('Yard'))).toThrow(SourceError);
    expect(() => open(second, source('Yard'))).toThrow('“Yard” is on the wall already; choose another');
    open(first, source('Yard')); // after a crash it opens its own again
    open(second, source('Door'));
    first.setState({ phase: 'ended' });
    open(second, source('Yard'));
  });

  it('lets several screens be shared, which cannot be told apart', () => {
    const { wall, open, cameras } = setUp();
    wall.add();
    for (const { store } of cameras()) open(store, source('monitor', 'screen'));
    expect(cameras().every(({ store }) => store.getState().source)).toBe(true);
  });

  it('has the alerts of all cameras in the order in which they were raised, and forgets them with their camera', () => {
    const { wall, cameras, alerts } = setUp();
    wall.add();
    const [first, second] = cameras();
    first.store.setState({ alerts: [alert('a')] });
    second.store.setState({ alerts: [alert('b')] });
    first.store.setState({ alerts: [{ ...alert('a'), endS: 3 }, alert('c')] });
    expect(alerts().map((each) => [each.camera.id, each.alert.id])).toEqual([
      [first.id, 'c'],
      [second.id, 'b'],
      [first.id, 'a'],
    ]);
    expect(alerts().at(-1)?.alert.endS).toBe(3);
    wall.remove(first.id);
    expect(alerts().map((each) => each.alert.id)).toEqual(['b']);
    first.store.setState({ alerts: [alert('late')] });
    expect(alerts()).toHaveLength(1);
  });

  it('ends the session of a camera that is taken away, and never has less than one place', () => {
    const { wall, cameras } = setUp();
    const [only] = cameras();
    wall.remove(only.id);
    expect(only.actions.dispose).toHaveBeenCalledOnce();
    expect(cameras()).toHaveLength(1);
    expect(cameras()[0]).not.toBe(only);
  });

  it('sets for all of them what is set for none in particular', async () => {
    const { wall, cameras } = setUp();
    wall.add();
    const all = forEveryCamera(cameras());
    await all.setAlertBudget(4);
    all.setOverlay({ boxes: false });
    for (const { actions } of cameras()) {
      expect(actions.setAlertBudget).toHaveBeenCalledExactlyOnceWith(4);
      expect(actions.setOverlay).toHaveBeenCalledExactlyOnceWith({ boxes: false });
    }
  });
});

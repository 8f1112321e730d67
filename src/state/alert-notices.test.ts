import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NoticeSettings } from '../alerts/notice-desk';
import type { SourceInfo } from '../media/frame';
import type { AlertEvent } from '../worker/protocol';
import { createAlertNotices, type NoticesState } from './alert-notices';
import { createWatchStore } from './watch-store';

const source = { name: 'Yard', live: true } as SourceInfo;
const event = (id: string, changes: Partial<AlertEvent> = {}) =>
  ({ id, severity: 'notice', endS: null, thumbnail: new Blob(['jpeg']), ...changes }) as AlertEvent;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Notices over a fake system; `raise` is what the rules raise. */
async function setUp(kept: Partial<NoticeSettings> = {}, permission: NoticesState['permission'] = 'granted') {
  const watch = createWatchStore();
  watch.setState({ source });
  const system = {
    permission: vi.fn(() => permission),
    ask: vi.fn(async () => permission),
    show: vi.fn(async () => undefined),
    onPressed: vi.fn(),
  };
  const prefer = vi.fn();
  const chime = vi.fn();
  let hidden = true;
  let look: (hidden: boolean) => void = () => undefined;
  const notices = createAlertNotices({
    keepsakes: {
      preferences: async () => ({ notices: { show: 'off', sound: false, from: 'notice', ...kept } }),
      prefer,
    },
    notifications: system,
    describe: ({ alert, others }, name) => ({ title: `${alert.id} in ${name}`, body: `${others} more` }),
    chime,
    isHidden: () => hidden,
    onVisibility: (listener) => {
      look = listener;
    },
  });
  notices.attend(watch);
  await vi.advanceTimersByTimeAsync(0);
  return {
    ...{ watch, system, prefer, chime, notices },
    state: notices.store.getState,
    raise: (...alerts: AlertEvent[]) => watch.setState((state) => ({ alerts: [...state.alerts, ...alerts] })),
    setHidden(now: boolean) {
      hidden = now;
      look(now);
    },
  };
}

describe('alerts of a live source', () => {
  it('are shown and counted while the tab is hidden, and seen with it', async () => {
    const { raise, system, state, setHidden, chime } = await setUp({ show: 'hidden' });
    const alert = event('a');
    raise(alert);
    expect(system.show).toHaveBeenCalledExactlyOnceWith({
      title: 'a in Yard',
      body: '0 more',
      picture: alert.thumbnail,
      alertId: 'a',
    });
    expect(state().unseen).toBe(1);
    expect(chime).not.toHaveBeenCalled();
    setHidden(false);
    expect(state().unseen).toBe(0);
    raise(event('b'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(system.show).toHaveBeenCalledTimes(1);
  });

  it('that come quickly are told of together, a little later', async () => {
    const { raise, system } = await setUp({ show: 'always' });
    raise(event('a'));
    raise(event('b', { severity: 'critical' }), event('c'));
    expect(system.show).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(5000);
    expect(system.show).toHaveBeenCalledTimes(2);
    expect(system.show).toHaveBeenLastCalledWith(expect.objectContaining({ alertId: 'b', body: '2 more' }));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(system.show).toHaveBeenCalledTimes(2);
  });

  it('of several cameras are told of together, by the name of the gravest', async () => {
    const { notices, raise, system } = await setUp({ show: 'always' });
    const door = createWatchStore();
    door.setState({ source: { ...source, name: 'Door' } });
    notices.attend(door);
    raise(event('a'));
    door.setState({ alerts: [event('b', { severity: 'critical' })] });
    raise(event('c'));
    await vi.advanceTimersByTimeAsync(5000);
    expect(system.show).toHaveBeenCalledTimes(2);
    expect(system.show).toHaveBeenLastCalledWith(expect.objectContaining({ title: 'b in Door', body: '2 more' }));
  });

  it('sound as grave as they are', async () => {
    const { raise, system, chime } = await setUp({ sound: true, from: 'warning' });
    raise(event('a'));
    raise(event('b', { severity: 'warning' }));
    expect(chime).toHaveBeenCalledExactlyOnceWith('warning');
    expect(system.show).not.toHaveBeenCalled();
  });
});

it('alerts of a recording call nobody', async () => {
  const { watch, raise, system, state } = await setUp({ show: 'always' });
  watch.setState({ source: { ...source, live: false } });
  raise(event('a'));
  expect(system.show).not.toHaveBeenCalled();
  expect(state().unseen).toBe(0);
});

describe('notifications', () => {
  it('are asked for on the user’s choice, and kept', async () => {
    const { notices, system, prefer, state } = await setUp({}, 'granted');
    system.permission.mockReturnValue('unasked');
    await notices.choose({ show: 'hidden' });
    expect(system.ask).toHaveBeenCalledOnce();
    expect(state()).toMatchObject({ permission: 'granted', settings: { show: 'hidden' } });
    expect(prefer).toHaveBeenCalledWith('notices', { show: 'hidden', sound: false, from: 'notice' });
  });

  it('stay off where they are refused', async () => {
    const { notices, system, prefer, state } = await setUp({}, 'refused');
    await notices.choose({ show: 'always' });
    expect(system.ask).not.toHaveBeenCalled();
    expect(state()).toMatchObject({ permission: 'refused', settings: { show: 'off' } });
    expect(prefer).not.toHaveBeenCalled();
  });

  it('are off where the browser has withdrawn its permission', async () => {
    const { state, raise, system } = await setUp({ show: 'always' }, 'unasked');
    expect(state().settings.show).toBe('off');
    raise(event('a'));
    expect(system.show).not.toHaveBeenCalled();
    expect(system.ask).not.toHaveBeenCalled();
  });

  it('lead to their alert', async () => {
    const { notices, system, state } = await setUp();
    system.onPressed.mock.calls[0][0]('a');
    expect(state().wanted).toBe('a');
    notices.shown();
    expect(state().wanted).toBeNull();
  });
});

it('a tone is heard when it is chosen, as grave as the least to be told of', async () => {
  const { notices, chime } = await setUp({ from: 'warning' });
  await notices.choose({ sound: true });
  expect(chime).toHaveBeenCalledExactlyOnceWith('warning');
});

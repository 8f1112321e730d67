import { describe, expect, it, vi } from 'vitest';
import { createAppUpdate } from './app-update';

const worker = () => Object.assign(new EventTarget(), { postMessage: vi.fn() });
type FakeWorker = ReturnType<typeof worker>;

function setUp(given: { controller?: FakeWorker; waiting?: FakeWorker; refuses?: boolean } = {}) {
  const registration = Object.assign(new EventTarget(), {
    active: given.controller ?? null,
    waiting: given.waiting ?? null,
    installing: null as FakeWorker | null,
    update: vi.fn(async () => undefined),
  });
  const container = Object.assign(new EventTarget(), {
    controller: given.controller ?? null,
    register: vi.fn(async () => {
      if (given.refuses) throw new DOMException('insecure', 'SecurityError');
      return registration;
    }),
  });
  const reload = vi.fn();
  const update = createAppUpdate({ container: container as never, address: './service-worker.js', reload });
  const version = () => update.store.getState().version;
  return { registration, container, reload, update, version };
}

/** The new version's files are kept: it waits. */
function install(registration: ReturnType<typeof setUp>['registration']) {
  const fresh = worker();
  registration.installing = fresh;
  registration.dispatchEvent(new Event('updatefound'));
  registration.waiting = fresh;
  fresh.dispatchEvent(new Event('statechange'));
  return fresh;
}

describe('the update', () => {
  it('waits for the user, then reloads once the new version serves the page', async () => {
    const { registration, container, reload, update, version } = setUp({ controller: worker() });
    await vi.waitFor(() => expect(container.register).toHaveBeenCalled());
    await Promise.resolve();
    const fresh = install(registration);
    expect(version()).toBe('ready');
    expect(fresh.postMessage).not.toHaveBeenCalled();

    update.reload();
    await vi.waitFor(() => expect(fresh.postMessage).toHaveBeenCalledWith({ type: 'take-over' }));
    expect(reload).not.toHaveBeenCalled();
    container.dispatchEvent(new Event('controllerchange'));
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it('that another tab took is told and does not reload by itself', async () => {
    const { container, reload, update, version } = setUp({ controller: worker() });
    await update.keepModels('used');
    container.dispatchEvent(new Event('controllerchange'));
    expect(version()).toBe('elsewhere');
    expect(reload).not.toHaveBeenCalled();
    update.reload();
    await vi.waitFor(() => expect(reload).toHaveBeenCalledTimes(1));
  });

  it('that waits since an earlier visit is told', async () => {
    const { version } = setUp({ controller: worker(), waiting: worker() });
    await vi.waitFor(() => expect(version()).toBe('ready'));
  });

  it('is none at the first visit', async () => {
    const { registration, container, update, version } = setUp();
    await update.keepModels('used');
    install(registration);
    container.dispatchEvent(new Event('controllerchange'));
    expect(version()).toBe('current');
  });
});

it('keeps models where a service worker serves the page', async () => {
  const controller = worker();
  await setUp({ controller }).update.keepModels('all');
  expect(controller.postMessage).toHaveBeenCalledWith({ type: 'keep', files: 'all' });
});

it('goes without a service worker where the browser refuses one', async () => {
  const { update, version } = setUp({ refuses: true });
  await update.keepModels('used');
  expect(version()).toBe('current');
});

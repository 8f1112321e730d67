/**
 * The service worker as the page sees it: kept up to date, never replaced while somebody watches unless the user asks.
 *
 *   current ──a new version is kept──► ready ──reload──► (the page begins anew)
 *      └──── another tab took the new version ────► elsewhere ──reload──┘
 */
import { createStore } from 'zustand/vanilla';
import type { WorkerRequest } from '../offline/worker-request';

export interface UpdateState {
  /** `ready`: a new version waits for this tab; `elsewhere`: another tab has taken it. */
  version: 'current' | 'ready' | 'elsewhere';
}

export interface UpdateParts {
  /** Null where the browser has none: private windows of some, pages without encryption. */
  container: Pick<ServiceWorkerContainer, 'controller' | 'register' | 'addEventListener'> | null;
  /** Address of the service worker; it serves the folder it lies in. */
  address: string;
  reload(): void;
}

export interface AppUpdate {
  store: ReturnType<typeof createUpdateStore>;
  /** Take the new version: what runs in this tab ends. */
  reload(): void;
  /** Keep the models that were used, or all of them, for use without a network. */
  keepModels(files: 'used' | 'all'): Promise<void>;
}

const createUpdateStore = () => createStore<UpdateState>(() => ({ version: 'current' }));

/** A tab may stay open for weeks: a new version is looked for this often, in milliseconds. */
const LOOK_EVERY_MS = 3_600_000;

export function createAppUpdate({ container, address, reload }: UpdateParts): AppUpdate {
  const store = createUpdateStore();
  let asked = false;
  let controlled = Boolean(container?.controller);
  const registered = register();

  /** The app works without a service worker, only not without a network. */
  async function register(): Promise<ServiceWorkerRegistration | null> {
    // Some protections answer with nothing where they allow none.
    const registration = (await container?.register(address).catch(() => null)) ?? null;
    if (!container || !registration) return null;
    follow(registration);
    container.addEventListener('controllerchange', () => {
      if (asked) return reload();
      // The first one takes over what was loaded from the network, which is the same version.
      if (controlled) store.setState({ version: 'elsewhere' });
      controlled = true;
    });
    setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY_MS);
    return registration;
  }

  function follow(registration: ServiceWorkerRegistration): void {
    const look = () => {
      if (registration.waiting && registration.active) store.setState({ version: 'ready' });
    };
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look));
    look();
  }

  const tell = (worker: ServiceWorker | null | undefined, request: WorkerRequest) => worker?.postMessage(request);

  return {
    store,
    async reload() {
      const waiting = (await registered)?.waiting;
      if (store.getState().version === 'elsewhere' || !waiting) return reload();
      asked = true;
      tell(waiting, { type: 'take-over' });
    },
    async keepModels(files) {
      if (await registered) tell(container?.controller, { type: 'keep', files });
    },
  };
}

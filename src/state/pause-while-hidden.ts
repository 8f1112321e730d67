/** Live sources whose pictures end while the page is out of sight are not analysed meanwhile. */
import type { Engine } from '../worker/engine-client';
import type { SourceConnection } from './source-connection';
import type { WatchStore } from './watch-store';

export interface HidingParts {
  store: WatchStore;
  connection: Pick<SourceConnection, 'stopsWhileHidden'>;
  engine(): Engine;
  /** Calls back whenever the page is hidden or shown; returns the function that ends it. */
  onVisibility(listener: (hidden: boolean) => void): () => void;
}

/** Returns the function that ends it. */
export function pauseWhileHidden({ store, connection, engine, onVisibility }: HidingParts): () => void {
  async function pause(): Promise<void> {
    const { phase, source } = store.getState();
    if (!source?.live || !connection.stopsWhileHidden() || (phase !== 'watching' && phase !== 'learning')) return;
    if (phase === 'watching') store.setState({ phase: 'paused' });
    await engine()
      .pause('hidden')
      .catch(() => undefined);
  }

  async function resume(): Promise<void> {
    const { phase, source } = store.getState();
    if (!source?.live) return;
    if (phase === 'paused') store.setState({ phase: 'watching' });
    await engine()
      .resume()
      .catch(() => undefined);
  }

  return onVisibility((hidden) => void (hidden ? pause() : resume()));
}

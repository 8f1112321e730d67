/** Learning or choosing a scene, and then watching with it. */
import { useActions, useRun, useWatchStore } from '../watch-context';

/** Learns (or sets) a scene, then goes on to watch with it, unless the session has done so already. */
export function useBeginWatching() {
  const store = useWatchStore();
  const actions = useActions();
  const run = useRun();
  return (prepare: () => Promise<void>) => {
    const before = store.getState().scene;
    const begin = async () => {
      await prepare();
      const { phase, scene } = store.getState();
      if (phase === 'opened' && scene !== null && scene !== before) await actions.watch();
    };
    run(begin());
  };
}

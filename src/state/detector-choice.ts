/** Which detector watches, and with which scene where it has just been chosen or the demo has just been opened. */
import { cardOf, type DetectorName, defaultDetector } from '../detectors/catalogue';
import type { LearnedScene } from '../detectors/detector';
import type { Keepsakes } from './keepsakes';
import { demoOpening } from './openings';
import type { Recorder } from './recorder';
import type { SourceConnection } from './source-connection';
import type { WatchStore } from './watch-store';

export interface ChoiceParts {
  store: WatchStore;
  keepsakes: Keepsakes;
  connection: SourceConnection;
  recorder: Pick<Recorder, 'end'>;
  /** The scene that ships with the demo, which is the default detector's. */
  demoScene(): Promise<LearnedScene>;
  watchWith(scene: LearnedScene): Promise<void>;
  watchWithSaved(id: string): Promise<void>;
}

function untilOpen(store: WatchStore): Promise<void> {
  const opens = () => ['asking-permission', 'loading'].includes(store.getState().phase);
  return new Promise((resolve) => {
    if (!opens()) return resolve();
    const stop = store.subscribe(() => {
      if (opens()) return;
      stop();
      resolve();
    });
  });
}

export function createDetectorChoice(parts: ChoiceParts) {
  const { store, keepsakes, connection } = parts;

  /** Watch the demo at once, where the detector in use is the one whose scene it ships. */
  async function watchDemo(): Promise<void> {
    const { source, detector } = store.getState();
    if (detector !== defaultDetector) {
      const notice = `The scene that comes with the demo is ${cardOf(defaultDetector).title}’s; let ${cardOf(detector).title} learn it here.`;
      return store.setState({ notice });
    }
    const scene = await parts.demoScene().catch(() => null);
    if (store.getState().source !== source) return;
    if (scene) return parts.watchWith(scene);
    store.setState({ notice: 'The scene that comes with the demo could not be loaded; let Oriel learn it here.' });
  }

  return {
    watchDemo,
    /** While a source is being opened, the choice waits until it is. */
    async choose(name: DetectorName): Promise<void> {
      await untilOpen(store);
      const { phase, detector } = store.getState();
      if (name === detector) return;
      store.setState({ detector: name, notice: null });
      keepsakes.prefer('detector', name);
      // What has been judged stays; the next source gets the other detector.
      if (phase === 'empty' || phase === 'ended' || phase === 'error') return connection.forgetEngine();
      parts.recorder.end();
      const watching = phase === 'watching' || phase === 'paused';
      if ((await connection.chooseDetector(name)) !== 'attached') return;
      const [newest] = store.getState().savedScenes;
      if (connection.opening() === demoOpening) await watchDemo();
      else if (newest && watching) await parts.watchWithSaved(newest.id);
    },
  };
}

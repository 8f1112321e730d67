/** What the session keeps between visits; where the browser refuses, the user is told once and the session goes on. */
import { defaultSceneRules, type SceneRules } from '../alerts/alert-settings';
import type { Exception } from '../alerts/exception';
import type { LearnedScene } from '../detectors/detector';
import type { SourceInfo } from '../media/frame';
import type { Database, SceneRecord } from '../storage/database';
import { exceptionsOf } from '../storage/normal-here';
import { type Preferences, readPreferences, writePreference } from '../storage/preferences';
import { budgetOf, saveBudget, saveSceneRules, sceneRulesOf } from '../storage/scene-rules';
import { saveScene, sceneById, scenesOf } from '../storage/scenes';
import type { WatchStore } from './watch-store';

export interface Keepsakes {
  preferences(): Promise<Partial<Preferences>>;
  prefer<K extends keyof Preferences>(key: K, value: Preferences[K]): void;
  /** Keep a scene and offer it among the saved ones. */
  keepScene(source: SourceInfo, scene: LearnedScene): Promise<void>;
  /** Put the scenes that the detector in use learned of this source, in its picture size, into the state. */
  offerScenes(source: SourceInfo): Promise<void>;
  /** What raises alerts on this source; the defaults where nothing was kept. */
  rules(source: SourceInfo): Promise<SceneRules>;
  keepRules(source: SourceInfo, rules: SceneRules): Promise<void>;
  /** The alert budget set for this source, or else the one set last for any; null where none was ever set. */
  budget(source: SourceInfo): Promise<number | null>;
  /** Keep it for this source, and for those that have none of their own. */
  keepBudget(source: SourceInfo | null, perHour: number): Promise<void>;
  /** What the user called normal on this source, as this detector saw it. */
  exceptions(source: SourceInfo, detector: string): Promise<Exception[]>;
  /** Null where it is gone or cannot be read. */
  scene(id: string): Promise<LearnedScene | null>;
}

export function createKeepsakes(database: Database, store: Pick<WatchStore, 'getState' | 'setState'>): Keepsakes {
  const told = new Set<string>();

  /** The result, or `instead` and a remark. */
  async function unlessRefused<T>(work: Promise<T>, instead: T): Promise<T> {
    try {
      return await work;
    } catch (error) {
      const { message } = error as Error;
      if (!told.has(message)) store.setState({ notice: message });
      told.add(message);
      return instead;
    }
  }

  const offer = (records: SceneRecord[]) =>
    store.setState({
      savedScenes: records.map(({ id, savedAt, scene }) => ({ id, savedAt, durationS: scene.durationS })),
    });

  return {
    preferences: () => unlessRefused(readPreferences(database), {}),
    prefer(key, value) {
      void unlessRefused(writePreference(database, key, value), undefined);
    },
    async keepScene(source, scene) {
      if (await unlessRefused(saveScene(database, source, scene), null)) await this.offerScenes(source);
    },
    async offerScenes(source) {
      const records = await unlessRefused(scenesOf(database, source.id, store.getState().detector), []);
      offer(records.filter(({ scene: { width, height } }) => width === source.width && height === source.height));
    },
    async rules(source) {
      return (await unlessRefused(sceneRulesOf(database, source), null)) ?? defaultSceneRules;
    },
    async budget(source) {
      const own = await unlessRefused(budgetOf(database, source), null);
      return own ?? (await this.preferences()).alertsPerHour ?? null;
    },
    async keepBudget(source, perHour) {
      this.prefer('alertsPerHour', perHour);
      if (source) await unlessRefused(saveBudget(database, source, perHour), undefined);
    },
    exceptions: ({ id }, detector) => unlessRefused(exceptionsOf(database, id, detector), []),
    keepRules: (source, rules) => unlessRefused(saveSceneRules(database, source, rules), undefined),
    async scene(id) {
      return (await unlessRefused(sceneById(database, id), null))?.scene ?? null;
    },
  };
}

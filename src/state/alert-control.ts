/** What raises alerts, as the user sets it: kept per source, told to the engine, tried on what was seen before it is saved. */
import { replayAlerts } from '../alerts/alert-rules';
import {
  type AlertOptions,
  checkAlertOptions,
  defaultAlertOptions,
  gapOf,
  type SceneRules,
} from '../alerts/alert-settings';
import type { Engine } from '../worker/engine-client';
import { judgedAgain } from './judged-again';
import type { Keepsakes } from './keepsakes';
import type { WatchStore } from './watch-store';
import type { MessageFolder } from './worker-messages';

/** How many alerts the moments of this session give. */
export interface RulesPreview {
  /** With the rules in force, and with the changed ones. */
  before: number;
  after: number;
  /** Length of what was replayed, in seconds. */
  durationS: number;
}

/** The changes a preview or a save is about. */
export interface RuleChanges {
  perHour: number;
  rules: SceneRules;
}

export interface AlertControlParts {
  store: WatchStore;
  keepsakes: Keepsakes;
  folder: MessageFolder;
  engine(): Engine;
  isLoaded(): boolean;
}

export function createAlertControl({ store, keepsakes, folder, engine, isLoaded }: AlertControlParts) {
  /** All that the rules need, in the times of this session. */
  function options(changes: Partial<RuleChanges> = {}): AlertOptions {
    const { alertsPerHour, sceneRules, snoozes, exceptions, source } = store.getState();
    const { perHour = alertsPerHour, rules = sceneRules } = changes;
    return { ...defaultAlertOptions, ...rules, perHour, snoozes, exceptions, gapS: gapOf(source?.live ?? true) };
  }

  /** Tell the engine, whose times begin with the source. */
  async function apply(): Promise<void> {
    if (!isLoaded()) return;
    const { gapS: _, snoozes, ...rest } = options();
    const earlier = folder.offsetS();
    await engine().setAlertOptions({
      ...rest,
      snoozes: snoozes.map((each) => ({ ...each, fromS: each.fromS - earlier, untilS: each.untilS - earlier })),
    });
  }

  /** A recording that is analysed to its end is judged again; live alerts stay as they were raised. */
  function judgeAgain(): void {
    const { phase, source, alerts } = store.getState();
    if (phase !== 'ended' || source?.live !== false) return;
    store.setState({ alerts: judgedAgain(folder.observations().moments(), options(), alerts) });
  }

  /** What the user said of this source elsewhere, as it is now: what is normal there, and how sensitive it is to be. */
  async function readSaid(): Promise<void> {
    const { source, detector } = store.getState();
    if (!source) return;
    const [exceptions, sceneRules] = [await keepsakes.exceptions(source, detector), await keepsakes.rules(source)];
    store.setState({ exceptions, sceneRules });
  }

  return {
    apply,
    readSaid,
    async setBudget(perHour: number): Promise<void> {
      store.setState({ alertsPerHour: perHour });
      await keepsakes.keepBudget(store.getState().source, perHour);
      await apply();
      judgeAgain();
    },
    /** Rejects with RangeError where a setting is not possible; nothing is changed then. */
    async save({ perHour, rules }: RuleChanges): Promise<void> {
      checkAlertOptions(options({ perHour, rules }));
      const { source } = store.getState();
      store.setState({ alertsPerHour: perHour, sceneRules: rules });
      await keepsakes.keepBudget(source, perHour);
      if (source) await keepsakes.keepRules(source, rules);
      await apply();
      judgeAgain();
    },
    /** What this session's moments give under the rules in force and under these. */
    preview(changes: RuleChanges): RulesPreview {
      const moments = [...folder.observations().moments()];
      const count = (given: AlertOptions) => replayAlerts(moments, given).length;
      const durationS = moments.length ? moments[moments.length - 1].timeS - moments[0].timeS : 0;
      return { before: count(options()), after: count(options(changes)), durationS };
    },
    /** No alerts for so many seconds from now: in a zone, outside of all (''), or anywhere (null). 0 seconds end it. */
    async snooze(zoneId: string | null, seconds: number): Promise<void> {
      const nowS = folder.lastS();
      const others = store
        .getState()
        .snoozes.map((each) => (each.zoneId === zoneId && each.untilS > nowS ? { ...each, untilS: nowS } : each));
      const begun = seconds > 0 ? [{ zoneId, fromS: nowS, untilS: nowS + seconds }] : [];
      store.setState({ snoozes: [...others, ...begun] });
      await apply();
    },
  };
}

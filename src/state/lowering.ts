/** A lower threshold for a scene, kept with its rules. */
import { type SensitivityNeed, withSensitivity } from '../alerts/sensitivity-needed';
import type { SourceInfo } from '../media/frame';
import type { Lowering } from './judgements';
import type { Keepsakes } from './keepsakes';

/** Undone, the part has the sensitivity it had before; whatever else was changed in the rules meanwhile stays. */
export function loweringOf(keepsakes: Keepsakes, source: SourceInfo, need: SensitivityNeed): Lowering {
  const { zone, times, present, needed } = need;
  const set = async (sensitivity: number) =>
    keepsakes.keepRules(source, withSensitivity(await keepsakes.rules(source), zone?.id ?? null, sensitivity));
  return {
    words: `${times}× as sensitive ${zone ? `in “${zone.name}”` : 'here'} from now on`,
    apply: () => set(needed),
    undo: () => set(present),
  };
}

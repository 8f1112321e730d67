/** The alert rules while they are being changed: begun from those in force, saved or dropped as a whole. */
import type { Point, Zone } from '../../alerts/zone';
import { type RulesDraft, useStage, useStageStore } from '../stage/stage-context';
import { useWatchStore } from '../watch-context';

export function useDraft() {
  const stage = useStageStore();
  const store = useWatchStore();
  const draft = useStage((state) => state.draft);

  const change = (changes: Partial<RulesDraft>) =>
    stage.setState(({ draft: before }) => ({ draft: before && { ...before, ...changes } }));
  const changeRules = (changes: Partial<RulesDraft['rules']>) =>
    stage.setState(({ draft: before }) => ({
      draft: before && { ...before, rules: { ...before.rules, ...changes } },
    }));
  const zones = () => stage.getState().draft?.rules.zones ?? [];

  return {
    draft,
    change,
    changeRules,
    begin() {
      const { alertsPerHour, sceneRules } = store.getState();
      stage.setState({ draft: { perHour: alertsPerHour, rules: sceneRules, zoneId: null } });
    },
    drop: () => stage.setState({ draft: null }),
    /** A rectangle in the middle of the picture, to be pulled into shape. */
    addZone(kind: Zone['kind'], { width, height }: { width: number; height: number }) {
      const id = crypto.randomUUID();
      const word = kind === 'watch' ? 'Zone' : 'Ignored';
      const name = `${word} ${zones().filter((zone) => zone.kind === kind).length + 1}`;
      const points = rectangle(width / 2, height / 2, width / 5, height / 5);
      changeRules({ zones: [...zones(), { id, name, kind, points, sensitivity: 1, schedule: null }] });
      change({ zoneId: id });
    },
    changeZone(id: string, changes: Partial<Zone>) {
      changeRules({ zones: zones().map((zone) => (zone.id === id ? { ...zone, ...changes } : zone)) });
    },
    removeZone(id: string) {
      changeRules({ zones: zones().filter((zone) => zone.id !== id) });
      change({ zoneId: null });
    },
  };
}

const rectangle = (x: number, y: number, halfWidth: number, halfHeight: number): Point[] => [
  { x: x - halfWidth, y: y - halfHeight },
  { x: x + halfWidth, y: y - halfHeight },
  { x: x + halfWidth, y: y + halfHeight },
  { x: x - halfWidth, y: y + halfHeight },
];

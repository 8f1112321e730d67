/** A camera of the wall in words: its name, and what it is doing. */
import type { Phase, WatchState } from '../../state/watch-store';

export const cameraName = ({ source }: WatchState): string => source?.name ?? 'New camera';

export type CameraState = Phase | 'alert';

/** The phase, or that something unusual is going on. */
export const cameraState = ({ phase, alerts }: WatchState): CameraState =>
  phase === 'watching' && alerts.some(({ endS }) => endS === null) ? 'alert' : phase;

export const stateWords = {
  empty: 'Nothing open',
  'asking-permission': 'Asking',
  loading: 'Getting ready',
  opened: 'Not learned yet',
  learning: 'Learning',
  watching: 'Watching',
  alert: 'Alert',
  paused: 'Paused',
  ended: 'Ended',
  error: 'Stopped',
} satisfies Record<CameraState, string>;

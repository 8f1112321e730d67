/** Whether live analysis pauses because the tab is hidden, and whether it did since last asked. */
import type { PauseLog } from './watch-run';

export function createPauseLog(): PauseLog & { pause(): void; resume(): void } {
  let paused = false;
  let since = false;
  return {
    pause() {
      paused = true;
      since = true;
    },
    resume() {
      paused = false;
    },
    isPaused: () => paused,
    wasPaused() {
      const was = since;
      since = paused;
      return was;
    },
  };
}

/** A camera that falls silent without saying so: the status goes on being reported, and the page is told. */
import type { FrameFeed } from '../engine/frame-feed';
import type { SourceInfo } from '../media/frame';
import type { Messenger } from './messenger';
import type { StatusReporter } from './status-reporter';

export interface SilenceParts {
  feed: FrameFeed;
  info: SourceInfo;
  messenger: Messenger;
  status: StatusReporter;
  pause: { isPaused(): boolean };
}

/** A camera sends several pictures a second; so many milliseconds without one are told. */
const SILENT_MS = 4000;
const LOOK_EVERY_MS = 500;

/**
 * The feed, its waits watched until `stop`. Only the wait for a picture counts, not the work on it. A shared screen sends
 * nothing while nothing changes on it, so only webcams are called silent, and none while the tab is hidden.
 */
export function watchForSilence({ feed, info, messenger, status, pause }: SilenceParts) {
  let waitedMs = 0;
  let waiting = false;
  let told = false;
  const tell = async (silent: boolean) => {
    told = silent;
    await messenger.send({ type: 'silent', silent });
  };
  const look = async () => {
    waitedMs = waiting && !pause.isPaused() ? waitedMs + LOOK_EVERY_MS : 0;
    if (waitedMs >= SILENT_MS && !told && info.kind === 'webcam') await tell(true);
    if (waiting) await status.report();
  };
  const timer = info.live ? setInterval(() => void look(), LOOK_EVERY_MS) : undefined;

  const watched: FrameFeed = {
    async next(signal) {
      waiting = true;
      waitedMs = 0;
      const frame = await feed.next(signal).finally(() => {
        waiting = false;
      });
      if (frame && told) await tell(false);
      return frame;
    },
  };
  return {
    feed: watched,
    async stop() {
      clearInterval(timer);
      if (told) await tell(false);
    },
  };
}

/** Shows a live source that is open and not analysed yet. */
import type { FrameFeed } from '../engine/frame-feed';
import type { Messenger } from './messenger';
import type { Pictures } from './picture';

/** Least seconds of the source between two previewed pictures. */
const EVERY_S = 0.09;

/** Send pictures until the source ends or the signal is aborted; says which. */
export async function runPreview(
  feed: FrameFeed,
  messenger: Messenger,
  pictures: Pictures,
  signal: AbortSignal,
): Promise<'ended' | 'stopped'> {
  let shownS = Number.NEGATIVE_INFINITY;
  for (;;) {
    const frame = await feed.next(signal);
    if (signal.aborted) return 'stopped';
    if (!frame) return 'ended';
    if (frame.timeS - shownS < EVERY_S) continue;
    shownS = frame.timeS;
    await messenger.offer('preview', async () => ({
      type: 'preview',
      timeS: frame.timeS,
      picture: await pictures.bitmap(frame),
    }));
  }
}

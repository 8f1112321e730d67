/** The engine strip's numbers: rates over the last seconds, sent twice a second. */
import { createRateMeter } from '../engine/rate-meter';
import type { Messenger } from './messenger';
import type { EngineStatus } from './protocol';

const EVERY_MS = 500;

/** What the reporter cannot count itself. */
export type StatusOrigin = () => Pick<EngineStatus, 'backend' | 'dropped' | 'keyFps' | 'tensors'>;

export function createStatusReporter(messenger: Messenger, origin: StatusOrigin, now: () => number) {
  const analysed = createRateMeter();
  let latencyMs = 0;
  let intervalMs = 0;
  let sentMs = Number.NEGATIVE_INFINITY;

  async function report(): Promise<void> {
    sentMs = now();
    const status = { ...origin(), analysedFps: analysed.rate(sentMs), latencyMs, intervalMs };
    await messenger.offer('status', () => ({ type: 'status', status }));
  }

  return {
    report,
    /** One frame was analysed. */
    async count(frame: { latencyMs: number; intervalMs: number }): Promise<void> {
      analysed.count(now());
      latencyMs = latencyMs === 0 ? frame.latencyMs : latencyMs + 0.2 * (frame.latencyMs - latencyMs);
      intervalMs = frame.intervalMs;
      if (now() - sentMs >= EVERY_MS) await report();
    },
  };
}

export type StatusReporter = ReturnType<typeof createStatusReporter>;

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Frame, SourceInfo } from '../media/frame';
import { createMessenger } from './messenger';
import type { EngineMessage } from './protocol';
import { watchForSilence } from './silence-watch';
import { createStatusReporter } from './status-reporter';

const frame: Frame = { timeS: 0, width: 1, height: 1, data: new Uint8ClampedArray(4) };
const signal = new AbortController().signal;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A live source that gives a frame when told to. */
function setUp(kind: SourceInfo['kind'], isPaused = () => false) {
  const messages: EngineMessage[] = [];
  const messenger = createMessenger(() => (message) => void messages.push(message));
  const origin = () => ({ backend: null, dropped: 0, keyFps: 0, tensors: 0 });
  const status = createStatusReporter(messenger, origin, () => performance.now());
  let give: (frame: Frame) => void = () => undefined;
  const feed = { next: () => new Promise<Frame | null>((resolve) => (give = resolve)) };
  const info: SourceInfo = { kind, name: 'Desk', id: 'a', width: 1, height: 1, durationS: null, live: true };
  const watched = watchForSilence({ feed, info, messenger, status, pause: { isPaused } });
  return {
    ...watched,
    status,
    give: () => give(frame),
    silent: () => messages.flatMap((message) => (message.type === 'silent' ? [message.silent] : [])),
    fps: () => messages.flatMap((message) => (message.type === 'status' ? [message.status.analysedFps] : [])),
  };
}

describe('a camera that falls silent', () => {
  it('is told once, with the rate gone to 0, and told again when it sends', async () => {
    const { feed, give, silent, fps, status, stop } = setUp('webcam');
    for (let index = 0; index < 10; index++) {
      const next = feed.next(signal);
      await vi.advanceTimersByTimeAsync(100);
      give();
      await next;
      await status.count({ latencyMs: 1, intervalMs: 100 });
    }
    const next = feed.next(signal);
    await vi.advanceTimersByTimeAsync(3000);
    expect(silent()).toEqual([]);
    expect(fps().at(-2)).toBeGreaterThan(0);
    await vi.advanceTimersByTimeAsync(5000);
    expect(silent()).toEqual([true]);
    expect(fps().at(-1)).toBe(0);
    give();
    await next;
    expect(silent()).toEqual([true, false]);
    await stop();
  });

  it('is not looked for where none is to be expected', async () => {
    for (const { feed, silent, stop } of [setUp('screen'), setUp('webcam', () => true)]) {
      void feed.next(signal);
      await vi.advanceTimersByTimeAsync(20_000);
      expect(silent()).toEqual([]);
      await stop();
    }
  });

  it('is looked for no more after the stop', async () => {
    const { feed, silent, stop, fps } = setUp('webcam');
    void feed.next(signal);
    await vi.advanceTimersByTimeAsync(6000);
    await stop();
    const reports = fps().length;
    await vi.advanceTimersByTimeAsync(6000);
    expect(silent()).toEqual([true, false]);
    expect(fps()).toHaveLength(reports);
  });
});

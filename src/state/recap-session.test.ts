import { describe, expect, it, vi } from 'vitest';
import { eventIn } from '../storage/events.fixture';
import type { RecapPart } from './recap';
import { createRecapSession } from './recap-session';
import { createReviewStore } from './review-store';

/** Three events of one recording, the second the most unusual. */
function setUp() {
  const store = createReviewStore();
  const at = (id: string, startS: number, returnPeriodS: number) =>
    eventIn('r', id, { startS, endS: startS + 4, peakS: startS, at: startS, returnPeriodS });
  store.setState({ events: [at('third', 300, 50), at('second', 200, 900), at('first', 100, 70)] });
  const showPart = vi.fn(async (_part: RecapPart) => undefined);
  const recap = createRecapSession(store, showPart);
  const shown = () => showPart.mock.calls.map(([{ eventId }]) => eventId);
  return { recap, store, shown, state: () => store.getState().recap };
}

describe('a recap that plays', () => {
  it('begins with the most unusual event and steps on and back', async () => {
    const { recap, shown, state } = setUp();
    await recap.start({ recordingId: 'r' });
    expect(state()).toMatchObject({ index: 0, ready: true, playing: true, order: 'unusual' });
    await recap.step(1);
    await recap.step(-1);
    await recap.step(-1);
    expect(shown()).toEqual(['second', 'first', 'second', 'second']);
  });

  it('begins anew in the other order, and keeps it for the next recap', async () => {
    const { recap, shown, state } = setUp();
    await recap.start({ recordingId: 'r' });
    await recap.setOrder('time');
    recap.end();
    expect(state()).toBeNull();
    await recap.start({ recordingId: 'r' });
    expect(shown()).toEqual(['second', 'first', 'first']);
  });

  it('waits after the last part, and plays again from the first', async () => {
    const { recap, shown, state } = setUp();
    await recap.start({ recordingId: 'r' });
    for (let step = 0; step < 3; step++) await recap.step(1);
    expect(state()).toMatchObject({ index: 2, playing: false });
    await recap.setPlaying(true);
    expect(state()).toMatchObject({ index: 0, playing: true });
    expect(shown()).toEqual(['second', 'first', 'third', 'second']);
  });

  it('does not begin where there is nothing to show', async () => {
    const { recap, state } = setUp();
    await recap.start({ recordingId: 'other' });
    expect(state()).toBeNull();
  });
});

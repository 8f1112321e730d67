/** Plays the recap: which part is on screen, and what comes next. */
import { type RecapOrder, type RecapPart, type RecapScope, recapEvents, recapParts } from './recap';
import type { ReviewStore } from './review-store';

export interface RecapActions {
  /** From the first part; nothing where there is no event to show. */
  start(scope: RecapScope): Promise<void>;
  /** Begins anew in this order. */
  setOrder(order: RecapOrder): Promise<void>;
  /** So many parts on; stops at the last one, stays at the first. */
  step(places: number): Promise<void>;
  /** Goes on, from the first part again where the last one is over; or waits. */
  setPlaying(playing: boolean): Promise<void>;
  end(): void;
}

/** `showPart` puts an event and its picture onto the screen. */
export function createRecapSession(store: ReviewStore, showPart: (part: RecapPart) => Promise<void>): RecapActions {
  /** The last part has been played to its end. */
  let isOver = false;
  /** Kept from one recap to the next. */
  let order: RecapOrder = 'unusual';

  async function show(index: number): Promise<void> {
    const { recap } = store.getState();
    if (!recap) return;
    isOver = false;
    store.setState({ recap: { ...recap, index, ready: false } });
    await showPart(recap.parts[index]);
    const now = store.getState().recap;
    if (now?.parts === recap.parts && now.index === index) store.setState({ recap: { ...now, ready: true } });
  }

  const start = async (scope: RecapScope): Promise<void> => {
    const parts = recapParts(recapEvents(store.getState().events, scope), order);
    if (parts.length === 0) return;
    store.setState({ recap: { scope, order, parts, index: 0, ready: false, playing: true } });
    await show(0);
  };

  return {
    start,
    async setOrder(wanted) {
      order = wanted;
      const { recap } = store.getState();
      if (recap) await start(recap.scope);
    },
    async step(places) {
      const { recap } = store.getState();
      if (!recap) return;
      const next = Math.max(0, recap.index + places);
      if (next < recap.parts.length) return show(next);
      isOver = true;
      store.setState({ recap: { ...recap, playing: false } });
    },
    async setPlaying(playing) {
      const { recap } = store.getState();
      if (!recap) return;
      store.setState({ recap: { ...recap, playing } });
      if (playing && isOver) await show(0);
    },
    end: () => store.setState({ recap: null }),
  };
}

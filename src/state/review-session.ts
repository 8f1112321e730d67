/** The Review page's session: recordings and events from storage onto the screen, and the user's judgement back. */
import type { Database } from '../storage/database';
import { eventDetails } from '../storage/events';
import { deletePieces, piecesOf } from '../storage/footage';
import type { FootageFiles } from '../storage/footage-files';
import { makeRoom } from '../storage/footage-room';
import { observeLibrary } from '../storage/library';
import type { EventRecord, RecordingRecord } from '../storage/recording-rows';
import { deleteRecording } from '../storage/recordings';
import { createExports, type Stretch } from './exports';
import { type Change, judge, markMissed, setKept, setReviewed } from './judgements';
import type { Keepsakes } from './keepsakes';
import { loweringOf } from './lowering';
import { missedEvent } from './missed-event';
import { type MissedPreview, missedPreview } from './missed-preview';
import { createOnScreen } from './on-screen';
import { rarityOver } from './rarity-over';
import { createRecapSession } from './recap-session';
import { createRegionSearch } from './region-search';
import type { ReviewActions } from './review-actions';
import type { ReviewStore } from './review-store';
import { initialWatchState } from './watch-store';

export interface ReviewParts {
  store: ReviewStore;
  database: Database;
  files: FootageFiles;
  keepsakes: Keepsakes;
  /** Called when what the user calls normal, or what the rules of a scene let through, has changed. */
  onLabels?(): void;
  now?(): number;
}

/** Changes that can be taken back. */
const MOST_UNDO = 50;

export function createReviewSession(parts: ReviewParts): ReviewActions {
  const { store, database, files, keepsakes, onLabels = () => undefined, now = Date.now } = parts;
  let changes: Change[] = [];
  let changing: Promise<void> = Promise.resolve();

  /** Do it; a problem becomes the state's sentence, and null comes back. */
  async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      store.setState({ problem: (error as Error).message });
      return null;
    }
  }

  const screen = createOnScreen({ store, database, files, keepsakes, attempt });

  /** Changes and their undoing follow one another, however fast the keys are pressed. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    changing = changing.then(work);
    return changing;
  }

  const remember = (work: () => Promise<Change>) =>
    inTurn(async () => {
      const change = await attempt(work);
      if (!change) return;
      changes = [...changes.slice(1 - MOST_UNDO), change];
      store.setState({ undoable: change.words });
      onLabels();
    });

  const eventsOf = (ids: readonly string[]) => {
    const wanted = new Set(ids);
    return store.getState().events.filter(({ id }) => wanted.has(id));
  };

  /** What a missed stretch needed, under the rules in force; null where no recording is on screen. */
  async function tried(stretch: Stretch): Promise<MissedPreview | null> {
    const { recording } = store.getState();
    if (!recording) return null;
    const rules = await keepsakes.rules(recording.source);
    const alertsPerHour = (await keepsakes.budget(recording.source)) ?? initialWatchState.alertsPerHour;
    return missedPreview(database, recording, stretch, rules, alertsPerHour);
  }

  function refresh(recordings: RecordingRecord[], events: EventRecord[], bytes: number): void {
    store.setState(({ recording, event, footage }) => ({
      ready: true,
      recordings,
      events,
      recording: recordings.find(({ id }) => id === recording?.id) ?? null,
      event: events.find(({ id }) => id === event?.id) ?? null,
      footage: { ...footage, bytes },
    }));
  }

  async function readPreferences(): Promise<void> {
    const { footage: keep, footageLimitBytes: limitBytes } = await keepsakes.preferences();
    store.setState(({ footage }) => ({
      footage: { ...footage, keep: keep ?? footage.keep, limitBytes: limitBytes ?? footage.limitBytes },
    }));
  }

  return {
    open() {
      void readPreferences();
      const { recording, atS } = store.getState();
      if (recording) void screen.goTo(atS); // the page was left and is back
      const stop = observeLibrary(
        database,
        ({ recordings, events, footageBytes }) => refresh(recordings, events, footageBytes),
        ({ message }) => store.setState({ ready: true, problem: message }),
      );
      return () => {
        stop();
        store.setState({ recap: null });
        screen.hideVideo();
      };
    },
    setFilter(change) {
      store.setState(({ filter }) => ({ filter: { ...filter, ...change }, chosen: new Set() }));
    },
    async showRecording(id) {
      store.setState({ recap: null });
      await screen.showRecording(id);
    },
    async showEvent(id) {
      store.setState({ recap: null });
      await screen.showEvent(id);
    },
    goTo: screen.goTo,
    async setView(fromS, toS) {
      const { recording } = store.getState();
      if (!recording) return;
      const points = await attempt(() => rarityOver(database, recording.id, fromS, toS));
      if (points && store.getState().recording?.id === recording.id) store.setState({ points });
    },
    frameAt: screen.frameAt,
    async thumbnail(id) {
      return (await attempt(() => eventDetails(database, id)))?.thumbnail ?? null;
    },
    attachFile: screen.attachFile,
    videoFailed: screen.videoFailed,
    choose(ids, chosen) {
      store.setState((state) => {
        const next = new Set(state.chosen);
        for (const id of ids) chosen ? next.add(id) : next.delete(id);
        return { chosen: next };
      });
    },
    setReviewed: (ids, reviewed) => remember(() => setReviewed(database, eventsOf(ids), reviewed)),
    judge: (ids, verdict) => remember(() => judge(database, eventsOf(ids), verdict, now())),
    setKept: (ids, kept) => remember(() => setKept(database, eventsOf(ids), kept)),
    async previewMissed(fromS, toS) {
      const missed = await attempt(() => tried({ fromS, toS }));
      if (missed) store.setState({ missed });
    },
    dismissMissed: () => store.setState({ missed: null }),
    async markMissed(fromS, toS, lowers = false) {
      const { recording } = store.getState();
      store.setState({ missed: null });
      if (!recording) return;
      await remember(async () => {
        const { event, details } = await missedEvent(database, recording, fromS, toS);
        const need = lowers ? (await tried({ fromS, toS }))?.need : null;
        const lowering = need && need.times > 1 ? loweringOf(keepsakes, recording.source, need) : null;
        return markMissed(database, event, details, now(), lowering);
      });
    },
    undo: () =>
      inTurn(async () => {
        const last = changes.pop();
        if (!last) return;
        await attempt(last.undo);
        store.setState({ undoable: changes.at(-1)?.words ?? null });
        onLabels();
      }),
    async deleteRecording(id) {
      if (store.getState().recording?.id === id) screen.clear();
      store.setState({ recap: null });
      await attempt(async () => {
        await deletePieces(database, files, await piecesOf(database, id));
        await deleteRecording(database, id);
      });
    },
    async setFootage(change) {
      store.setState(({ footage }) => ({ footage: { ...footage, ...change } }));
      if (change.keep) keepsakes.prefer('footage', change.keep);
      if (change.limitBytes === undefined) return;
      const { limitBytes } = change;
      keepsakes.prefer('footageLimitBytes', limitBytes);
      await attempt(() => makeRoom(database, files, limitBytes));
    },
    dismissProblem: () => store.setState({ problem: null }),
    recap: createRecapSession(store, ({ eventId, fromS }) => screen.showEvent(eventId, fromS)),
    search: createRegionSearch({ store, database, playStretch: screen.playStretch }),
    exports: createExports({ store, database, files, now, attachedFile: screen.attachedFile }),
  };
}

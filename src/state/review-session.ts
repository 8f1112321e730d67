/** The Review page's session: recordings, events and footage from storage onto the screen, and the user's judgement back. */
import { fingerprint } from '../media/fingerprint';
import type { Database } from '../storage/database';
import { eventDetails } from '../storage/events';
import { sightsBetween } from '../storage/evidence-track';
import { clipFile, deletePieces, piecesOf } from '../storage/footage';
import type { FootageFiles } from '../storage/footage-files';
import { makeRoom } from '../storage/footage-room';
import { observeLibrary } from '../storage/library';
import type { EventRecord, RecordingRecord } from '../storage/recording-rows';
import { deleteRecording } from '../storage/recordings';
import { alikePreview } from './alike-preview';
import { createExports } from './exports';
import { type Change, judge, markMissed, setKept, setReviewed } from './judgements';
import type { Keepsakes } from './keepsakes';
import { missedEvent } from './missed-event';
import { rarityOver } from './rarity-over';
import type { ReviewActions } from './review-actions';
import type { ReviewStore } from './review-store';
import { createSightWindow, type SightWindow } from './sight-window';

export interface ReviewParts {
  store: ReviewStore;
  database: Database;
  files: FootageFiles;
  keepsakes: Keepsakes;
  /** Called when what the user calls normal has changed. */
  onLabels?(): void;
  now?(): number;
}

/** Changes that can be taken back. */
const MOST_UNDO = 50;
/** An event is shown from so long before it, in seconds. */
const LEAD_IN_S = 2;

export function createReviewSession(parts: ReviewParts): ReviewActions {
  const { store, database, files, keepsakes, onLabels = () => undefined, now = Date.now } = parts;
  /** Files that the user opened in this visit, by the id of their source. */
  const attached = new Map<string, File>();
  let sights: SightWindow | null = null;
  let changes: Change[] = [];
  let changing: Promise<void> = Promise.resolve();
  /** Counts what was asked for, so that an overtaken step can tell. */
  let generation = 0;

  /** Do it; a problem becomes the state's sentence, and null comes back. */
  async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      store.setState({ problem: (error as Error).message });
      return null;
    }
  }

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

  function showClip(url: string | null, fromS: number, toS: number): void {
    const { clip } = store.getState();
    if (clip) URL.revokeObjectURL(clip.url);
    store.setState({ clip: url === null ? null : { url, fromS, toS } });
  }

  async function enter(recording: RecordingRecord): Promise<void> {
    if (store.getState().recording?.id === recording.id) return;
    const mine = ++generation;
    showClip(null, 0, 0);
    sights = createSightWindow((fromS, toS) => sightsBetween(database, recording.id, fromS, toS));
    store.setState({ recording, event: null, details: null, pieces: [], points: [] });
    const pieces = (await attempt(() => piecesOf(database, recording.id))) ?? [];
    if (mine === generation) store.setState({ pieces });
  }

  /** The video that shows this moment, onto the stage. */
  async function showVideoAt(timeS: number): Promise<void> {
    const { recording, clip, pieces } = store.getState();
    if (!recording || (clip && timeS >= clip.fromS && timeS <= clip.toS)) return;
    const mine = generation;
    const file = attached.get(recording.source.id);
    if (file) return showClip(URL.createObjectURL(file), 0, recording.source.durationS ?? recording.endS);
    const piece = pieces.find(({ fromS, toS }) => timeS >= fromS && timeS <= toS);
    const video = piece && (await attempt(() => clipFile(files, piece)));
    if (mine !== generation) return;
    if (piece && video) showClip(URL.createObjectURL(video), piece.fromS, piece.toS);
    else showClip(null, 0, 0);
  }

  async function goTo(timeS: number): Promise<void> {
    await showVideoAt(timeS);
    store.setState(({ asked }) => ({ atS: timeS, asked: asked + 1 }));
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
      const stop = observeLibrary(
        database,
        ({ recordings, events, footageBytes }) => refresh(recordings, events, footageBytes),
        ({ message }) => store.setState({ ready: true, problem: message }),
      );
      return () => {
        stop();
        showClip(null, 0, 0);
      };
    },
    setFilter(change) {
      store.setState(({ filter }) => ({ filter: { ...filter, ...change }, chosen: new Set() }));
    },
    async showRecording(id) {
      const recording = store.getState().recordings.find((each) => each.id === id);
      if (!recording) return;
      await enter(recording);
      store.setState({ event: null, details: null });
      await goTo(store.getState().pieces[0]?.fromS ?? 0);
    },
    async showEvent(id) {
      const { events, recordings } = store.getState();
      const event = events.find((each) => each.id === id);
      const recording = recordings.find((each) => each.id === event?.recordingId);
      if (!event || !recording) return;
      await enter(recording);
      store.setState({ event, details: null, alike: null });
      const [details] = await Promise.all([
        attempt(() => eventDetails(database, id)),
        goTo(Math.max(0, event.startS - LEAD_IN_S)),
      ]);
      if (store.getState().event?.id !== id) return;
      store.setState({ details });
      const rules = await keepsakes.rules(recording.source);
      const alike = await attempt(() => alikePreview(database, recording, event, rules));
      if (store.getState().event?.id === id) store.setState({ alike });
    },
    goTo,
    async setView(fromS, toS) {
      const { recording } = store.getState();
      if (!recording) return;
      const points = await attempt(() => rarityOver(database, recording.id, fromS, toS));
      if (points && store.getState().recording?.id === recording.id) store.setState({ points });
    },
    frameAt: (timeS) => sights?.at(timeS) ?? null,
    async thumbnail(id) {
      return (await attempt(() => eventDetails(database, id)))?.thumbnail ?? null;
    },
    async attachFile(file) {
      const { recording, atS } = store.getState();
      if (!recording) return;
      const { source } = recording;
      if (`file:${await fingerprint([file])}` !== source.id) {
        store.setState({ problem: `“${file.name}” is not the file that was analysed; choose “${source.name}”.` });
        return;
      }
      attached.set(source.id, file);
      store.setState({ problem: null });
      await goTo(atS);
    },
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
    async markMissed(fromS, toS) {
      const { recording } = store.getState();
      if (!recording) return;
      await remember(async () => {
        const { event, details } = await missedEvent(database, recording, fromS, toS);
        return markMissed(database, event, details, now());
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
      const { recording } = store.getState();
      if (recording?.id === id) {
        generation++;
        showClip(null, 0, 0);
        store.setState({ recording: null, event: null, details: null, pieces: [], points: [] });
      }
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
    exports: createExports({ store, database, files, now, attachedFile: (sourceId) => attached.get(sourceId) ?? null }),
  };
}

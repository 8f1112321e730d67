/** What the Review page has on its stage: the recording, the event, the moment, and the video that shows it. */
import { fingerprint } from '../media/fingerprint';
import type { Database } from '../storage/database';
import { eventDetails } from '../storage/events';
import { sightsBetween } from '../storage/evidence-track';
import { clipFile, piecesOf } from '../storage/footage';
import type { FootageFiles } from '../storage/footage-files';
import type { EventRecord, RecordingRecord } from '../storage/recording-rows';
import type { ObservedFrame } from '../worker/protocol';
import { alikePreview } from './alike-preview';
import type { Keepsakes } from './keepsakes';
import type { ReviewStore } from './review-store';
import { createSightWindow, type SightWindow } from './sight-window';

export interface OnScreenParts {
  store: ReviewStore;
  database: Database;
  files: FootageFiles;
  keepsakes: Keepsakes;
  /** Do it; a problem becomes the state's sentence, and null comes back. */
  attempt<T>(work: () => Promise<T>): Promise<T | null>;
}

export interface OnScreen {
  showRecording(id: string): Promise<void>;
  /** The event from two seconds before it or from `fromS` on; or from where its video begins. */
  showEvent(id: string, fromS?: number): Promise<void>;
  /** Plays a stretch of the recording; without video of it, its peak is shown. */
  playStretch(stretch: { fromS: number; toS: number; peakS: number }): Promise<void>;
  goTo(timeS: number): Promise<void>;
  frameAt(timeS: number): ObservedFrame | null;
  attachFile(file: File): Promise<void>;
  /** The file that a recording was made from, where the user has opened it in this visit. */
  attachedFile(sourceId: string): File | null;
  /** The video under this address cannot be played: it leaves the stage, and the problem says so. */
  videoFailed(url: string): void;
  /** Take the video off the stage: nobody looks at it any more. */
  hideVideo(): void;
  /** Take everything away; what is on its way there does not come any more. */
  clear(): void;
}

/** An event is shown from so long before it, in seconds. */
const LEAD_IN_S = 2;

export function createOnScreen({ store, database, files, keepsakes, attempt }: OnScreenParts): OnScreen {
  /** Files that the user opened in this visit, by the id of their source. */
  const attached = new Map<string, File>();
  let sights: SightWindow | null = null;
  /** Counts what was asked for: of two askings, the later one has the stage, however late the earlier one is. */
  let asked = 0;
  /** The way onto the stage of the recording there: done once its pieces are known. */
  let entered: Promise<void> = Promise.resolve();

  /** Something new is asked for; tells whether it still is the newest. */
  function ask(): () => boolean {
    const mine = ++asked;
    return () => mine === asked;
  }

  function showClip(url: string | null, fromS: number, toS: number): void {
    const { clip } = store.getState();
    if (clip) URL.revokeObjectURL(clip.url);
    store.setState({ clip: url === null ? null : { url, fromS, toS } });
  }

  function enter(recording: RecordingRecord): Promise<void> {
    if (store.getState().recording?.id === recording.id) return entered;
    showClip(null, 0, 0);
    sights = createSightWindow((fromS, toS) => sightsBetween(database, recording.id, fromS, toS));
    store.setState({ recording, event: null, details: null, pieces: [], points: [] });
    entered = findPieces(recording);
    return entered;
  }

  async function findPieces({ id }: RecordingRecord): Promise<void> {
    const pieces = (await attempt(() => piecesOf(database, id))) ?? [];
    if (store.getState().recording?.id === id) store.setState({ pieces });
  }

  /** The video that shows this moment, onto the stage. */
  async function showVideoAt(timeS: number, isNewest: () => boolean): Promise<void> {
    const { recording, clip } = store.getState();
    if (!recording || (clip && timeS >= clip.fromS && timeS <= clip.toS)) return;
    const file = attached.get(recording.source.id);
    if (file) return showClip(URL.createObjectURL(file), 0, recording.source.durationS ?? recording.endS);
    const pieceNow = () => store.getState().pieces.find(({ fromS, toS }) => timeS >= fromS && timeS <= toS);
    // What is still being watched may have got its video since.
    if (recording.source.live && !pieceNow()) await findPieces(recording);
    if (!isNewest()) return;
    const piece = pieceNow();
    const video = piece && (await attempt(() => clipFile(files, piece)));
    if (!isNewest()) return;
    if (piece && video) showClip(URL.createObjectURL(video), piece.fromS, piece.toS);
    else showClip(null, 0, 0);
  }

  async function goTo(timeS: number, plays = false, isNewest = ask()): Promise<void> {
    store.setState({ atS: timeS });
    await showVideoAt(timeS, isNewest);
    if (isNewest()) store.setState(({ asked }) => ({ asked: asked + 1, plays }));
  }

  /** Where to begin: at `wantedS`, or as soon after it and by `latestS` as there is video; null where there is none. */
  function beginning(wantedS: number, latestS: number): number | null {
    const { recording, pieces } = store.getState();
    if (recording && attached.has(recording.source.id)) return wantedS;
    const piece = pieces.find(({ fromS, toS }) => toS > wantedS && fromS <= latestS);
    return piece ? Math.max(wantedS, piece.fromS) : null;
  }

  /** What calling the event normal would change, into the state. */
  async function previewAlike(recording: RecordingRecord, event: EventRecord): Promise<void> {
    const rules = await keepsakes.rules(recording.source);
    const alike = await attempt(() => alikePreview(database, recording, event, rules));
    if (store.getState().event?.id === event.id) store.setState({ alike });
  }

  return {
    async showRecording(id) {
      const recording = store.getState().recordings.find((each) => each.id === id);
      if (!recording) return;
      const isNewest = ask();
      await enter(recording);
      if (!isNewest()) return;
      store.setState({ event: null, details: null });
      await goTo(store.getState().pieces[0]?.fromS ?? 0, false, isNewest);
    },
    async showEvent(id, fromS) {
      const { events, recordings } = store.getState();
      const event = events.find((each) => each.id === id);
      const recording = recordings.find((each) => each.id === event?.recordingId);
      if (!event || !recording) return;
      const isNewest = ask();
      await enter(recording);
      if (!isNewest()) return;
      store.setState({ event, details: null, alike: null });
      const wantedS = fromS ?? Math.max(0, event.startS - LEAD_IN_S);
      const [details] = await Promise.all([
        attempt(() => eventDetails(database, id)),
        goTo(beginning(wantedS, event.endS ?? event.peakS) ?? wantedS, false, isNewest),
      ]);
      if (store.getState().event?.id !== id) return;
      store.setState({ details });
      void previewAlike(recording, event);
    },
    async playStretch({ fromS, toS, peakS }) {
      store.setState({ event: null, details: null, alike: null });
      const beginS = beginning(Math.max(0, fromS - LEAD_IN_S), toS);
      await goTo(beginS ?? peakS, beginS !== null);
    },
    goTo: (timeS) => goTo(timeS),
    frameAt: (timeS) => sights?.at(timeS) ?? null,
    async attachFile(file) {
      const { recording } = store.getState();
      if (!recording) return;
      const { source } = recording;
      const unreadable = `“${file.name}” cannot be read (moved, renamed, or its drive is gone); choose it again.`;
      const print = await attempt(() => fingerprint([file]).catch(() => Promise.reject(new Error(unreadable))));
      if (print === null) return;
      if (`file:${print}` !== source.id) {
        store.setState({ problem: `“${file.name}” is not the file that was analysed; choose “${source.name}”.` });
        return;
      }
      attached.set(source.id, file);
      store.setState({ problem: null });
      if (store.getState().recording?.source.id === source.id) await goTo(store.getState().atS);
    },
    attachedFile: (sourceId) => attached.get(sourceId) ?? null,
    videoFailed(url) {
      const { clip, recording } = store.getState();
      if (clip?.url !== url || !recording) return; // it had left the stage already
      showClip(null, 0, 0);
      const problem = attached.has(recording.source.id)
        ? `The browser cannot play “${recording.source.name}”; scores and events can be reviewed without it.`
        : 'The video of this moment is damaged and cannot be played; its scores, events and pictures are kept.';
      store.setState({ problem });
    },
    hideVideo() {
      ask();
      showClip(null, 0, 0);
    },
    clear() {
      ask();
      showClip(null, 0, 0);
      store.setState({ recording: null, event: null, details: null, pieces: [], points: [] });
    },
  };
}

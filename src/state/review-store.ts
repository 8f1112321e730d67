/** All the Review page shows, as plain data. */
import { createStore } from 'zustand/vanilla';
import type { Point } from '../alerts/zone';
import { DEFAULT_LIMIT_BYTES } from '../storage/footage-room';
import type { EventDetails, EventRecord, FootagePiece, RecordingRecord } from '../storage/recording-rows';
import type { RegionSpell } from '../storage/region-search';
import type { AlikePreview } from './alike-preview';
import { type EventFilter, noFilter } from './event-filter';
import type { MissedPreview } from './missed-preview';
import type { Recap } from './recap';
import type { TimelinePoint } from './watch-store';

/** The video on the stage and the stretch of the recording that it shows. */
export interface ReviewClip {
  /** Object URL of the video. */
  url: string;
  fromS: number;
  toS: number;
}

/** The search for what was unusual in a part of the picture. */
export interface RegionSearch {
  /** Corners in pixels of the analysed frame. */
  points: Point[];
  /** How much of the recording's maps has been read, 0…1; 1 where `spells` are those of the region. */
  fraction: number;
  /** Strongest first. */
  spells: RegionSpell[];
}

export interface ReviewState {
  /** False until recordings and events have been read once. */
  ready: boolean;
  /** Why something could not be read or kept, in one sentence; null where nothing is wrong. */
  problem: string | null;
  /** Newest first. */
  recordings: RecordingRecord[];
  events: EventRecord[];
  filter: EventFilter;
  /** Events chosen for a bulk action. */
  chosen: ReadonlySet<string>;
  /** What is looked at; null where nothing is. */
  recording: RecordingRecord | null;
  event: EventRecord | null;
  details: EventDetails | null;
  /** What calling the event normal would change; null where that is not known, or not yet. */
  alike: AlikePreview | null;
  /** A stretch that the user is about to mark as missed; null where none is. */
  missed: MissedPreview | null;
  pieces: FootagePiece[];
  clip: ReviewClip | null;
  /** Moment of the recording that was asked for, in seconds; `asked` counts, so that the same one can be asked for again. */
  atS: number;
  asked: number;
  /** Whether the video is to play from there. */
  plays: boolean;
  /** The recap that is being shown; null where none is. */
  recap: Recap | null;
  /** Null where nothing is searched. */
  search: RegionSearch | null;
  /** Rarity over the stretch in view. */
  points: TimelinePoint[];
  /** The last change that can be taken back, in words; null where there is none. */
  undoable: string | null;
  footage: { bytes: number; limitBytes: number; keep: 'none' | 'events' | 'all' };
}

export const initialReviewState: ReviewState = {
  ready: false,
  problem: null,
  recordings: [],
  events: [],
  filter: noFilter,
  chosen: new Set(),
  recording: null,
  event: null,
  details: null,
  alike: null,
  missed: null,
  pieces: [],
  clip: null,
  atS: 0,
  asked: 0,
  plays: false,
  recap: null,
  search: null,
  points: [],
  undoable: null,
  footage: { bytes: 0, limitBytes: DEFAULT_LIMIT_BYTES, keep: 'events' },
};

export const createReviewStore = () => createStore<ReviewState>(() => initialReviewState);
export type ReviewStore = ReturnType<typeof createReviewStore>;

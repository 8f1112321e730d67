/** What the user can do on the Review page. `review-session.ts` implements it over storage. Problems end in the state. */
import type { Verdict } from '../storage/recording-rows';
import type { ObservedFrame } from '../worker/protocol';
import type { EventFilter } from './event-filter';
import type { Exports } from './exports';
import type { RecapActions } from './recap-session';
import type { RegionSearchActions } from './region-search';
import type { ReviewState } from './review-store';

export interface ReviewActions {
  /** Keep the lists up to date from now on; returns the function that ends it. */
  open(): () => void;
  setFilter(change: Partial<EventFilter>): void;
  showRecording(id: string): Promise<void>;
  showEvent(id: string): Promise<void>;
  /** Go to a moment of the recording: its video, where there is any, comes onto the stage. */
  goTo(timeS: number): Promise<void>;
  /** The stretch of the recording that the timeline shows, in seconds. */
  setView(fromS: number, toS: number): Promise<void>;
  /** What was seen at about this moment; null where nothing is known, or not yet. */
  frameAt(timeS: number): ObservedFrame | null;
  /** JPEG of an event; null where none was made. */
  thumbnail(id: string): Promise<Blob | null>;
  /** The file that a recording was made from, so that it can be played; refused where it is another one. */
  attachFile(file: File): Promise<void>;
  /** The video under this address cannot be played: it leaves the stage, and the problem says so. */
  videoFailed(url: string): void;
  choose(ids: readonly string[], chosen: boolean): void;
  setReviewed(ids: readonly string[], reviewed: boolean): Promise<void>;
  /** Null takes the verdict back. */
  judge(ids: readonly string[], verdict: Verdict | null): Promise<void>;
  setKept(ids: readonly string[], kept: boolean): Promise<void>;
  /** Something unusual raised no alert: what would have raised it, into the state. */
  previewMissed(fromS: number, toS: number): Promise<void>;
  dismissMissed(): void;
  /** Marks it; `lowers`: the threshold it needed holds for the scene from now on. */
  markMissed(fromS: number, toS: number, lowers?: boolean): Promise<void>;
  undo(): Promise<void>;
  deleteRecording(id: string): Promise<void>;
  setFootage(change: Partial<Pick<ReviewState['footage'], 'limitBytes' | 'keep'>>): Promise<void>;
  dismissProblem(): void;
  exports: Exports;
  recap: RecapActions;
  search: RegionSearchActions;
}

/** What the user can do on the Watch page. `session.ts` implements it over the engine worker; tests and stories over a fake. */
import type { DetectorName } from '../detectors/catalogue';
import type { Overlay } from '../storage/preferences';
import type { LearnPlan, ObservedFrame } from '../worker/protocol';
import type { RuleChanges, RulesPreview } from './alert-control';

export interface WatchActions {
  listCameras(): Promise<{ id: string; label: string }[]>;
  useWebcam(deviceId?: string): Promise<void>;
  useScreen(): Promise<void>;
  openVideo(file: File): Promise<void>;
  openImages(files: File[]): Promise<void>;
  tryDemo(): Promise<void>;
  learn(plan: LearnPlan): Promise<void>;
  cancelLearning(): Promise<void>;
  /** Watch with a scene saved earlier for this source. */
  useSavedScene(id: string): Promise<void>;
  watch(): Promise<void>;
  /** Watch without a scene: only what the detector learned in advance counts. */
  skipLearning(): Promise<void>;
  /** Use another detector from now on. An open source stays open; one that is watched is watched again, with this detector's newest scene of it. */
  chooseDetector(name: DetectorName): Promise<void>;
  stop(): Promise<void>;
  exportReport(format: 'json' | 'csv'): Promise<void>;
  /** Go to a moment: seeks the player of a file; shows the thumbnail of a live source. */
  jumpTo(timeS: number): void;
  setAlertBudget(perHour: number): Promise<void>;
  /** What this session's moments would have raised under changed rules. */
  previewRules(changes: RuleChanges): RulesPreview;
  /** Rejects with a sentence where a setting is not possible. */
  saveRules(changes: RuleChanges): Promise<void>;
  /** No alerts for so many seconds from now: in a zone by its id, outside of all (''), or anywhere (null). 0 ends it. */
  snooze(zoneId: string | null, seconds: number): Promise<void>;
  setOverlay(overlay: Partial<Overlay>): void;
  dismissError(): void;
  /** What the user said in the review, of what is normal or was missed, has changed: it holds from now on. */
  heedLabels(): Promise<void>;
  /** Hot values, past React: called for every analysed frame; returns the unsubscribe function. */
  onFrame(draw: (frame: ObservedFrame) => void): () => void;
  /** Pictures without a judgement: of the footage being learned. Whoever draws them closes them; returns the unsubscribe function. */
  onPicture(draw: (picture: ImageBitmap) => void): () => void;
  /** For files: the observation nearest to a time that has been analysed, or null. */
  frameAt(timeS: number): ObservedFrame | null;
  /** For files: an object URL the page's own player can play, or null. */
  playerUrl(): string | null;
}

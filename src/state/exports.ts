/** What of a recording is taken away, and the whole workspace away and back. */
import { reportCsv } from '../alerts/report';
import type { ClipExport } from '../media/clip-export';
import type { Database } from '../storage/database';
import { sightsBetween } from '../storage/evidence-track';
import { clipFile } from '../storage/footage';
import type { FootageFiles } from '../storage/footage-files';
import { exportWorkspace, importWorkspace } from '../storage/workspace';
import type { ObservedFrame } from '../worker/protocol';
import { download, fileStem } from './download';
import type { ReviewStore } from './review-store';
import { frameOfSight, nearestFrame } from './sight-window';
import { stretchReport } from './stretch-report';

/** A stretch of the recording on screen, in seconds. */
export interface Stretch {
  fromS: number;
  toS: number;
}

export interface VideoExport extends Stretch, Pick<ClipExport, 'onProgress' | 'signal'> {
  /** Draw what was seen over a picture; null leaves it as it is. */
  paint: ((context: OffscreenCanvasRenderingContext2D, frame: ObservedFrame) => void) | null;
}

/** All reject with an Error whose message is a sentence for the user. */
export interface Exports {
  saveVideo(wanted: VideoExport): Promise<void>;
  saveScores(format: 'csv' | 'json', stretch: Stretch): Promise<void>;
  /** A picture of the moment on screen. */
  savePicture(picture: Blob): void;
  saveWorkspace(): Promise<void>;
  openWorkspace(file: File): Promise<{ recordings: number; events: number }>;
}

export interface ExportParts {
  store: ReviewStore;
  database: Database;
  files: FootageFiles;
  /** The file that a recording was made from, where the user has opened it in this visit. */
  attachedFile(sourceId: string): File | null;
  now(): number;
}

export function createExports({ store, database, files, attachedFile, now }: ExportParts): Exports {
  const onScreen = () => {
    const { recording, pieces, events } = store.getState();
    if (!recording) throw new Error('Choose a recording or an event first, then export.');
    return { recording, pieces, events: events.filter(({ recordingId }) => recordingId === recording.id) };
  };
  const stem = ({ fromS, toS }: Stretch) => {
    const { recording } = onScreen();
    return `${fileStem(recording.source.name)}-${Math.round(fromS)}-${Math.round(toS)}s`;
  };

  /** The videos that show the stretch, in order of time. */
  async function videosOf({ fromS, toS }: Stretch) {
    const { recording, pieces } = onScreen();
    const file = attachedFile(recording.source.id);
    if (file) return [{ video: file, fromS: 0 }];
    const showing = pieces.filter((piece) => piece.fromS < toS && piece.toS > fromS);
    const videos = await Promise.all(
      showing.map(async (piece) => ({ video: await clipFile(files, piece), fromS: piece.fromS })),
    );
    return videos.flatMap(({ video, fromS: startS }) => (video ? [{ video, fromS: startS }] : []));
  }

  return {
    async saveVideo({ fromS, toS, paint, onProgress, signal }) {
      const { recording } = onScreen();
      const parts = await videosOf({ fromS, toS });
      const seen = paint ? await sightsBetween(database, recording.id, fromS - 2, toS + 2) : [];
      const frames = seen.map(frameOfSight);
      const { exportClip } = await import('../media/clip-export');
      const draw: ClipExport['paint'] = (context, timeS) => {
        const frame = nearestFrame(frames, timeS);
        if (frame) paint?.(context, frame);
      };
      const clip = await exportClip({ parts, fromS, toS, paint: paint ? draw : null, onProgress, signal });
      download(clip, `${stem({ fromS, toS })}.mp4`);
    },
    async saveScores(format, stretch) {
      const { recording, events } = onScreen();
      const report = await stretchReport(database, recording, events, stretch.fromS, stretch.toS);
      if (report.frames.length === 0)
        throw new Error('Nothing was analysed in this stretch, so there are no scores to save.');
      const text = format === 'json' ? JSON.stringify(report, null, 1) : reportCsv(report);
      const type = format === 'json' ? 'application/json' : 'text/csv;charset=utf-8';
      download(new Blob([text], { type }), `${stem(stretch)}.${format}`);
    },
    savePicture(picture) {
      const { recording } = onScreen();
      download(picture, `${fileStem(recording.source.name)}-${Math.round(store.getState().atS)}s.png`);
    },
    async saveWorkspace() {
      const day = new Date(now()).toISOString().slice(0, 10);
      download(await exportWorkspace(database, now()), `oriel-${day}.oriel`);
    },
    openWorkspace: (file) => importWorkspace(database, file),
  };
}

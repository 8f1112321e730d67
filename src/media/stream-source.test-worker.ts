/** A worker for the browser tests: opens the live request it is sent, and reports the frames, the error or the end. */
import { SourceError } from './frame';
import { type LiveRequest, openStreamSource } from './stream-source';

export type WorkerOrder = { request: LiveRequest; count: number; pauseMs: number };
export type WorkerReport =
  | { type: 'info'; width: number; height: number }
  | { type: 'frame'; timeS: number; centre: number[]; length: number }
  | { type: 'done'; dropped: number }
  | { type: 'error'; code: string; message: string };

const report = (message: WorkerReport) => postMessage(message);

addEventListener('message', async ({ data: { request, count, pauseMs } }: MessageEvent<WorkerOrder>) => {
  try {
    const source = await openStreamSource(request);
    const { width, height } = source.info;
    report({ type: 'info', width, height });
    let taken = 0;
    for await (const { timeS, data } of source) {
      const centre = 4 * (Math.floor(height / 2) * width + Math.floor(width / 2));
      report({ type: 'frame', timeS, centre: [...data.slice(centre, centre + 3)], length: data.length });
      taken += 1;
      if (taken === count) source.dispose();
      else await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    report({ type: 'done', dropped: source.dropped });
  } catch (error) {
    const code = error instanceof SourceError ? error.code : 'unexpected';
    report({ type: 'error', code, message: String(error) });
  }
});

/** The moment on the stage as a picture. */
import type { ObservedFrame } from '../../worker/protocol';
import type { StageState } from '../stage/stage-context';

/** A PNG of the video's present picture. Rejects where no video is on the stage. */
export async function stillPicture(
  { video, frame }: StageState,
  paint: ((context: OffscreenCanvasRenderingContext2D, frame: ObservedFrame) => void) | null,
): Promise<Blob> {
  if (!video || video.videoWidth === 0)
    throw new Error('No video was kept of this moment, so there is no picture to save; export its scores.');
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  const context = canvas.getContext('2d')!;
  context.drawImage(video, 0, 0);
  if (frame) paint?.(context, frame);
  return canvas.convertToBlob({ type: 'image/png' });
}

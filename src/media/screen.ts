/** A shared screen, window or tab, on the page's side. */
import { mediaDevices, screenError } from './camera-error';
import { analysisSize, SourceError } from './frame';
import { type LiveCapture, liveCapture } from './live-capture';

/** The browser scales the picture down before it reaches us; text stays no more readable than needed. */
const WANTED = { width: { max: 1280 }, height: { max: 1280 }, frameRate: { max: 30 } };

const SURFACE_NAMES: Record<string, string> = { monitor: 'Screen', window: 'Window', browser: 'Tab' };

/**
 * Let the user choose what to share. When they end the sharing, the source just ends.
 * Throws SourceError: 'permission-denied' (nothing was chosen), 'camera-in-use' (cannot be recorded), 'unsupported'.
 */
export async function openScreen(): Promise<LiveCapture> {
  const devices = mediaDevices();
  if (!devices.getDisplayMedia) {
    throw new SourceError(
      'unsupported',
      'This browser cannot share a screen; use a computer, a camera, or a video file.',
    );
  }
  let stream: MediaStream;
  try {
    stream = await devices.getDisplayMedia({ video: WANTED, audio: false });
  } catch (error) {
    throw screenError(error);
  }
  const { width = 640, height = 480, displaySurface = '' } = stream.getVideoTracks()[0].getSettings();
  return liveCapture(stream, {
    kind: 'screen',
    name: SURFACE_NAMES[displaySurface] ?? 'Screen',
    id: `screen:${displaySurface || 'screen'}`,
    ...analysisSize(width, height),
    durationS: null,
    live: true,
  });
}

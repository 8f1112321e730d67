/** How each kind of source is opened, the first time and again after a crash. */
import type { LiveCapture } from '../media/live-capture';
import type { Camera } from '../media/webcam';
import type { SourceRequest } from '../worker/protocol';
import type { Keepsakes } from './keepsakes';

export interface Opening {
  asksPermission: boolean;
  /** The video for the page's own player. */
  video?: File;
  /** Throws SourceError with a sentence for the user. */
  open(): Promise<OpenedRequest>;
}

/** A request for the engine; or a camera or screen, which makes its own when asked and stays on until it is disposed of. */
export type OpenedRequest = { request: SourceRequest; capture?: undefined } | { capture: LiveCapture };

/** The camera's device id as webcam sources carry it in their id. */
export const cameraOf = ({ id, name }: { id: string; name: string }): Camera => ({
  id: id.replace(/^webcam:/, ''),
  label: name,
});

/** This camera, or else the one used last, or else the browser's choice. The choice is remembered. */
export const webcamOpening = (
  openWebcam: (deviceId?: string) => Promise<LiveCapture>,
  keepsakes: Keepsakes,
  deviceId?: string,
): Opening => ({
  asksPermission: true,
  async open() {
    const remembered = deviceId ? null : (await keepsakes.preferences()).cameraId;
    const capture = await openWebcam(deviceId ?? remembered ?? undefined).catch((error: { code?: string }) => {
      // The camera used last is not connected today.
      if (!remembered || error.code !== 'no-camera') throw error;
      return openWebcam();
    });
    keepsakes.prefer('cameraId', cameraOf(capture.info).id);
    return { capture };
  },
});

export const screenOpening = (openScreen: () => Promise<LiveCapture>): Opening => ({
  asksPermission: true,
  open: async () => ({ capture: await openScreen() }),
});

export const videoOpening = (file: File): Opening => ({
  asksPermission: false,
  video: file,
  open: async () => ({ request: { kind: 'file', file } }),
});

export const imagesOpening = (files: File[]): Opening => ({
  asksPermission: false,
  open: async () => ({ request: { kind: 'images', files } }),
});

const DEMO_SEED = 7;

export const demoOpening: Opening = {
  asksPermission: false,
  open: async () => ({ request: { kind: 'demo', seed: DEMO_SEED } }),
};

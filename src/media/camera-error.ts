/** What the browser says when it gives no camera or screen, as a sentence for the user. */
import { SourceError } from './frame';

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
const nameOf = (error: unknown) => (error instanceof Error || error instanceof DOMException ? error.name : '');

/** The sentence for a failed `getUserMedia`; `chosen` is true where one particular camera was asked for. */
export function cameraError(cause: unknown, chosen: boolean): SourceError {
  switch (nameOf(cause)) {
    case 'NotAllowedError':
    case 'SecurityError':
      return new SourceError('permission-denied', cameraPermissionHelp(messageOf(cause)), { cause });
    case 'NotFoundError':
      return new SourceError('no-camera', 'No camera was found; plug one in and try again, or open a video file.', {
        cause,
      });
    case 'OverconstrainedError':
      return new SourceError(
        'no-camera',
        chosen
          ? 'The chosen camera is not connected; plug it in and try again, or choose another camera.'
          : 'No camera gives a picture this app can use; plug in another one, or open a video file.',
        { cause },
      );
    case 'NotReadableError':
    case 'AbortError':
      return new SourceError(
        'camera-in-use',
        'The camera is in use or does not answer; close other programs that use it, then try again.',
        { cause },
      );
    default:
      return new SourceError(
        'unsupported',
        `The camera could not be opened (${messageOf(cause)}); reload the page, or open a video file.`,
        { cause },
      );
  }
}

/** Chrome's message tells a refusal by the system or a closed question from one by the user. */
function cameraPermissionHelp(message: string): string {
  if (/system/i.test(message)) {
    return 'The system does not let this browser use the camera; allow it in the privacy settings of your computer, then try again.';
  }
  if (/dismissed/i.test(message)) {
    return 'The question about the camera was closed without an answer; press “Use webcam” again and choose “Allow”.';
  }
  return 'The camera is not allowed for this page; press the camera icon in the address bar, choose “Allow”, then try again.';
}

/** The sentence for a failed `getDisplayMedia`. */
export function screenError(cause: unknown): SourceError {
  switch (nameOf(cause)) {
    case 'NotAllowedError':
    case 'SecurityError':
      return new SourceError(
        'permission-denied',
        /system/i.test(messageOf(cause))
          ? 'The system does not let this browser record the screen; allow it in the privacy settings of your computer, then try again.'
          : 'No screen was shared; try again and choose a screen, window or tab to watch.',
        { cause },
      );
    case 'NotFoundError':
    case 'NotReadableError':
    case 'AbortError':
      return new SourceError('camera-in-use', 'That screen or window cannot be recorded; choose another one.', {
        cause,
      });
    default:
      return new SourceError(
        'unsupported',
        `The screen could not be shared (${messageOf(cause)}); reload the page, or use a camera or a video file.`,
        { cause },
      );
  }
}

/** The browser's media devices. Throws SourceError 'unsupported' where the page may not use them at all. */
export function mediaDevices(): MediaDevices {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices) return devices;
  throw new SourceError(
    'unsupported',
    'This page may not use cameras because it was not loaded securely; open it over https or from localhost.',
  );
}

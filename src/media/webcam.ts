/** Cameras, on the page's side: which there are, opening one, noticing that it is back. */
import { cameraError, mediaDevices } from './camera-error';
import { analysisSize } from './frame';
import { type LiveCapture, liveCapture } from './live-capture';

/** A camera that can be chosen. */
export interface Camera {
  /** The browser's device id: stable for this site until its data are deleted; '' before the user gave permission. */
  id: string;
  /** The device's own name, or 'Camera 2' before the user gave permission. */
  label: string;
}

/** Size and rate asked of a camera; it gives the nearest it has. */
const WANTED = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } };

/** The cameras there are. Their names are known once permission was given. Throws SourceError 'unsupported'. */
export async function listCameras(): Promise<Camera[]> {
  const devices = await mediaDevices().enumerateDevices();
  return devices
    .filter((device) => device.kind === 'videoinput')
    .map((device, i) => ({ id: device.deviceId, label: device.label || `Camera ${i + 1}` }));
}

/**
 * Open a camera, the one with this device id or else the browser's choice; asks for permission.
 * Throws SourceError: 'permission-denied', 'no-camera' (also where the chosen one is not connected), 'camera-in-use',
 * 'unsupported'.
 */
export async function openWebcam(deviceId?: string): Promise<LiveCapture> {
  const devices = mediaDevices();
  const video = deviceId ? { ...WANTED, deviceId: { exact: deviceId } } : WANTED;
  let stream: MediaStream;
  try {
    stream = await devices.getUserMedia({ video });
  } catch (error) {
    throw cameraError(error, Boolean(deviceId));
  }
  const [track] = stream.getVideoTracks();
  const settings = track.getSettings();
  return liveCapture(stream, {
    kind: 'webcam',
    name: track.label || 'Camera',
    id: `webcam:${settings.deviceId ?? track.label}`,
    ...analysisSize(settings.width ?? 640, settings.height ?? 480),
    durationS: null,
    live: true,
  });
}

/** Call back with the cameras whenever one is plugged in or out. Returns the function that ends it. */
export function onCamerasChange(listener: (cameras: Camera[]) => void): () => void {
  const devices = mediaDevices();
  const report = () => void listCameras().then(listener, () => {}); // a list that cannot be had now comes with the next change
  devices.addEventListener('devicechange', report);
  return () => devices.removeEventListener('devicechange', report);
}

/**
 * Call back once when an unplugged camera is there again: the same device id, or else a newly plugged one of the same
 * name, because some browsers give a returning camera a new id. Returns the function that ends the wait.
 */
export function onCameraReturn(lost: Camera, listener: (camera: Camera) => void): () => void {
  const others = new Set<string>();
  const note = (cameras: Camera[]) => {
    for (const { id } of cameras) if (id !== lost.id) others.add(id);
  };
  void listCameras().then(note, () => {}); // without the list, any camera of that name counts
  const stop = onCamerasChange((cameras) => {
    const sameName = ({ id, label }: Camera) => label === lost.label && !others.has(id);
    const back = cameras.find(({ id }) => id === lost.id) ?? cameras.find(sameName);
    if (!back) return note(cameras);
    stop();
    listener(back);
  });
  return stop;
}

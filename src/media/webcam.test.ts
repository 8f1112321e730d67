import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listCameras, onCameraReturn, onCamerasChange, openWebcam } from './webcam';

/** The part of the browser's media devices that cameras need, with cameras that can be plugged in and out. */
class FakeDevices extends EventTarget {
  devices: { kind: string; deviceId: string; label: string }[] = [];
  getUserMedia = vi.fn<(constraints: MediaStreamConstraints) => Promise<MediaStream>>();
  enumerateDevices = async () => this.devices;

  async plug(...cameras: [id: string, label: string][]) {
    this.devices = cameras.map(([deviceId, label]) => ({ kind: 'videoinput', deviceId, label }));
    this.dispatchEvent(new Event('devicechange'));
    await new Promise((resolve) => setTimeout(resolve));
  }
}

let fake: FakeDevices;
beforeEach(() => {
  fake = new FakeDevices();
  vi.stubGlobal('navigator', { mediaDevices: fake });
});
afterEach(() => vi.unstubAllGlobals());

describe('listCameras', () => {
  it('lists cameras only, and numbers those without a name', async () => {
    await fake.plug(['a', 'Desk'], ['b', '']);
    fake.devices.push({ kind: 'audioinput', deviceId: 'm', label: 'Microphone' });
    expect(await listCameras()).toEqual([
      { id: 'a', label: 'Desk' },
      { id: 'b', label: 'Camera 2' },
    ]);
  });
});

describe('openWebcam', () => {
  it('asks for exactly the chosen camera and explains that it is missing', async () => {
    fake.getUserMedia.mockRejectedValue(new DOMException('', 'OverconstrainedError'));
    await expect(openWebcam('a')).rejects.toMatchObject({
      code: 'no-camera',
      message: expect.stringMatching(/chosen camera/),
    });
    expect(fake.getUserMedia.mock.calls[0][0].video).toMatchObject({ deviceId: { exact: 'a' }, width: { ideal: 640 } });
  });

  it('leaves the choice to the browser where none was made', async () => {
    fake.getUserMedia.mockRejectedValue(new DOMException('', 'NotAllowedError'));
    await expect(openWebcam()).rejects.toMatchObject({ code: 'permission-denied' });
    expect(fake.getUserMedia.mock.calls[0][0].video).not.toHaveProperty('deviceId');
  });
});

describe('plugging', () => {
  it('reports every change until it is told to stop', async () => {
    const seen = vi.fn();
    const stop = onCamerasChange(seen);
    await fake.plug(['a', 'Desk']);
    expect(seen).toHaveBeenLastCalledWith([{ id: 'a', label: 'Desk' }]);
    stop();
    await fake.plug();
    expect(seen).toHaveBeenCalledTimes(1);
  });

  it('offers the same camera when it is back, once', async () => {
    const back = vi.fn();
    onCameraReturn({ id: 'a', label: 'Desk' }, back);
    await fake.plug(['b', 'Door']);
    expect(back).not.toHaveBeenCalled();
    await fake.plug(['b', 'Door'], ['a', 'Desk']);
    await fake.plug(['a', 'Desk']);
    expect(back).toHaveBeenCalledExactlyOnceWith({ id: 'a', label: 'Desk' });
  });

  it('knows a returning camera by its name, but not another of the same make', async () => {
    await fake.plug(['b', 'Desk']);
    const back = vi.fn();
    onCameraReturn({ id: 'a', label: 'Desk' }, back);
    await fake.plug(['b', 'Desk']);
    expect(back).not.toHaveBeenCalled();
    await fake.plug(['b', 'Desk'], ['c', 'Desk']);
    expect(back).toHaveBeenCalledExactlyOnceWith({ id: 'c', label: 'Desk' });
  });
});

import { expect, it } from 'vitest';
import { openSource } from './open-source';
import { openScreen } from './screen';
import { listCameras, openWebcam } from './webcam';

it('opens a camera by its id, reads a picture, and turns it off', async () => {
  const [camera] = await listCameras();
  const capture = await openWebcam(camera.id);
  expect(capture.request.info).toMatchObject({ kind: 'webcam', durationS: null, live: true });
  const [named] = await listCameras();
  expect(capture.request.info).toMatchObject({ name: named.label, id: `webcam:${named.id}` });
  const source = await openSource(capture.request);
  expect(source.info).toMatchObject({ width: 640, height: 480 });
  const { value } = await source[Symbol.asyncIterator]().next();
  expect(new Set(value?.data).size).toBeGreaterThan(2);
  source.dispose();
  capture.dispose();
  expect(capture.stream.getVideoTracks()[0].readyState).toBe('ended');
});

it('says that a camera which is not there is not connected', async () => {
  await expect(openWebcam('0'.repeat(64))).rejects.toMatchObject({ code: 'no-camera' });
});

it('opens a shared screen', async () => {
  const capture = await openScreen();
  expect(capture.request.info).toMatchObject({ kind: 'screen', live: true });
  const source = await openSource(capture.request);
  const { value } = await source[Symbol.asyncIterator]().next();
  expect(value?.data).toHaveLength(source.info.width * source.info.height * 4);
  source.dispose();
  capture.dispose();
});

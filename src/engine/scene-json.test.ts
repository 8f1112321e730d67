import { expect, it } from 'vitest';
import { plazaClip, plazaDetector } from '../detectors/hybrid/plaza.fixture';
import { sceneFromJson, sceneToJson } from './scene-json';

it('a scene with typed arrays of every depth and size comes back as it was', () => {
  const scene = {
    detector: 'hybrid',
    version: 3,
    width: 640,
    height: 360,
    durationS: 120.5,
    frames: 1300,
    model: {
      large: Float32Array.from({ length: 20_000 }, (_, index) => Math.sin(index)),
      part: new Float64Array([0, 1.5, -2, 1e300]).subarray(1, 3),
      nested: [{ counts: new Uint8Array([1, 2, 255]), empty: new Int32Array(0) }, null, 'text'],
    },
  };
  const back = sceneFromJson(sceneToJson(scene));
  expect(back).toEqual({ ...scene, model: { ...scene.model, part: new Float64Array([1.5, -2]) } });
});

it('a learned scene scores the same after the journey through text', async () => {
  const scene = await plazaDetector().learn(plazaClip(6));
  const clip = plazaClip(1, { startS: 60 });
  const [before, after] = [plazaDetector(), plazaDetector()];
  before.detector.setScene(scene);
  after.detector.setScene(sceneFromJson(sceneToJson(scene)));
  const expected = await before.watch(clip);
  expect(await after.watch(clip)).toEqual(expected);
  expect(new Set(expected.map(({ raw }) => raw)).size).toBeGreaterThan(5);
}, 30_000);

/** The main job, end to end: a webcam's scene is learned, an anomaly is seen, placed, explained and saved, and the scene survives a reload. */
import { corridor, unusual } from './clips.ts';
import { expect, test } from './fixtures.ts';

test('learn, see the anomaly where it is, export, reload, and the scene is still there', async ({
  watch,
  page,
  backend,
}) => {
  test.setTimeout(300_000);
  await watch.open();
  await watch.useBackend(backend);
  // On a processor, WebGPU finds objects once in several seconds; what moves must do, and stands out less.
  if (backend === 'webgpu') await watch.allowMostAlerts();
  await watch.useWebcam.click();
  await expect(watch.learnScene).toBeEnabled({ timeout: 120_000 });
  // Once more, now that the model is ready: the clip begins anew, and its calm half minute is not spent on loading.
  await watch.stop.click();
  await watch.useWebcam.click();
  await expect(watch.learnScene).toBeEnabled({ timeout: 60_000 });
  await expect(watch.engine).toContainText(backend === 'webgpu' ? 'WebGPU' : 'WebAssembly');

  await watch.learn('30 s');
  await expect(watch.learning).toBeVisible();
  await expect(watch.score).toBeVisible({ timeout: 60_000 });

  // The picture glows while the anomaly is there, which may be over by the time the alert is looked at. Where most alerts are
  // allowed, someone ordinary elsewhere may glow before.
  await Promise.all([
    watch.untilGlowing(60_000, corridor),
    expect(watch.alertItems.first()).toBeVisible({ timeout: 60_000 }),
  ]);

  const report = await watch.report();
  expect(report).toMatchObject({ version: 1, source: { kind: 'webcam' }, detector: 'hybrid', backend });
  expect(report.frames.length).toBeGreaterThan(20);
  const [first] = report.events;
  expect(first.startS).toBeGreaterThan(unusual.fromS);
  expect(first.startS).toBeLessThan(unusual.toS);
  expect(first.reasons.length).toBeGreaterThan(0);
  const lines = (await watch.export('csv')).trim().split('\n');
  expect(lines.length).toBeGreaterThanOrEqual(report.frames.length);

  await page.reload();
  await watch.useWebcam.click();
  await watch.useSavedScene();
  await watch.untilJudged(60_000);
  await watch.leave();
});

/** A recording: learned from its calm beginning, analysed to the end, played and searched meanwhile. */
import { clips, corridor } from './clips.ts';
import { expect, test } from './fixtures.ts';

test('a file is learned, analysed to its end, and its anomaly found where and when it is', async ({ watch }) => {
  test.setTimeout(240_000);
  await watch.open();
  await watch.chooseVideo(clips.file);
  await expect(watch.learnScene).toBeEnabled({ timeout: 60_000 });
  await watch.learnScene.click();
  await expect(watch.score).toBeVisible({ timeout: 120_000 });
  await expect(watch.close).toBeVisible({ timeout: 120_000 });

  await expect(watch.alertItems.first()).toBeVisible();
  await watch.alertItems.first().getByRole('button').click();
  const glow = await watch.untilGlowing(10_000);
  expect(glow.y).toBeGreaterThan(corridor.top);
  expect(glow.y).toBeLessThan(corridor.bottom);

  const report = await watch.report();
  expect(report.source).toMatchObject({ kind: 'file', name: 'plaza.mp4' });
  expect(report.frames.at(-1)?.timeS).toBeGreaterThan(35);
  expect(report.events.some(({ startS }) => startS > 26 && startS < 31)).toBe(true);
});

/** Another detector: chosen, taught, watched, its attention looked at, found again at the next visit. */
import { corridor } from './clips.ts';
import { expect, test } from './fixtures.ts';

test('STADNet watches before it has learned, learns a scene, shows evidence and attention, and is remembered', async ({
  watch,
  page,
}) => {
  test.setTimeout(300_000);
  await watch.open();
  await watch.chooseDetector('STADNet');
  // Half a minute tells a network little of a scene: what is unusual stands out less than for objects.
  await watch.allowMostAlerts();
  await watch.useWebcam.click();
  await expect(watch.learnScene).toBeEnabled({ timeout: 120_000 });
  const thinned = page.getByText('STADNet keeps at most 6 min');
  await watch.chooseLength('10 min');
  await expect(thinned).toBeVisible();
  await watch.chooseLength('2 min');
  await expect(thinned).toHaveCount(0);
  await watch.skipLearning.click();
  await expect(page.getByText('only what STADNet learned in advance counts')).toBeVisible();
  await expect(watch.score).toHaveAttribute('aria-valuetext', /elsewhere/, { timeout: 60_000 });
  await watch.leave();

  await watch.useWebcam.click();
  await watch.learn('30 s');
  await expect(watch.learning).toBeVisible();
  await expect(watch.score).toHaveAttribute('aria-valuetext', /here/, { timeout: 120_000 });
  // Learning may last into the clip's anomalies; they come again.
  await watch.untilGlowing(90_000, corridor);

  await watch.showHeat('Attention');
  const attentionOf = page.getByRole('combobox', { name: 'Attention of' });
  await expect(attentionOf).toHaveValue('places');
  await expect(page.getByRole('list', { name: 'Weights of the ranges' }).getByRole('listitem')).toHaveCount(2);
  await watch.untilGlowing(20_000);

  await page.reload();
  await watch.useWebcam.click();
  await expect(page.getByRole('combobox', { name: 'Detector' })).toHaveValue('stadnet');
  await watch.useSavedScene();
  await expect(watch.score).toBeVisible({ timeout: 60_000 });

  await watch.chooseDetector('Hybrid');
  await expect(watch.learnScene).toBeEnabled({ timeout: 120_000 });
  await expect(page.getByRole('button', { name: /^Use scene of/ })).toHaveCount(0);
});

/** The Watch page as users and assistive technology know it: by role and name. */
import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';

/** A report as `Export report` saves it; only what the specs look at. */
export interface SavedReport {
  version: number;
  source: { kind: string; name: string };
  detector: string;
  backend: string;
  calibration: unknown;
  frames: { timeS: number; score: number; rarity: number; intervalMs: number }[];
  events: { startS: number; endS: number; peak: number; reasons: unknown[]; boxes: unknown[] }[];
}

/** The centre of the heatmap's hottest part (from three quarters of its highest opacity) as shares of its width and height, and its highest opacity, 0…255. */
export interface Glow {
  x: number;
  y: number;
  peak: number;
}

export class WatchPage {
  readonly useWebcam: Locator;
  readonly openVideo: Locator;
  readonly tryDemo: Locator;
  readonly learnScene: Locator;
  readonly skipLearning: Locator;
  readonly stop: Locator;
  readonly close: Locator;
  readonly exportReport: Locator;
  readonly loadingModel: Locator;
  readonly learning: Locator;
  readonly score: Locator;
  readonly timeline: Locator;
  readonly alerts: Locator;
  readonly heatmap: Locator;
  readonly engine: Locator;
  readonly problem: Locator;

  constructor(readonly page: Page) {
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    this.useWebcam = button('Use webcam');
    this.openVideo = button('Open video');
    this.tryDemo = button('Try the demo');
    this.learnScene = button('Learn this scene');
    this.skipLearning = button('Skip and use shipped weights');
    this.stop = button('Stop');
    this.close = button('Close');
    this.exportReport = button('Export report');
    this.loadingModel = page.getByRole('progressbar', { name: 'Loading model' });
    this.learning = page.getByRole('progressbar', { name: 'Learning' });
    this.score = page.getByRole('meter', { name: 'Anomaly score' });
    this.timeline = page.getByRole('figure', { name: 'Anomaly timeline' });
    this.alerts = page.getByRole('list', { name: 'Alerts' });
    this.heatmap = page.getByRole('img', { name: 'Heatmap' });
    this.engine = page.getByRole('status', { name: 'Engine' });
    this.problem = page.getByRole('alert');
  }

  async open(): Promise<void> {
    await this.page.goto('./');
    await expect(this.useWebcam).toBeVisible();
  }

  /** Picks files through the file chooser that `Open video` opens. */
  async chooseVideo(...files: string[]): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.openVideo.click();
    await (await chooser).setFiles(files);
  }

  /** Opens the app on this backend; left alone it would choose WebAssembly over a graphics card made of software. */
  async useBackend(backend: 'wasm' | 'webgpu'): Promise<void> {
    if (backend === 'webgpu') await this.page.goto('./?backend=webgpu');
  }

  /** As many alerts as the settings allow. */
  async allowMostAlerts(): Promise<void> {
    await this.page.getByRole('button', { name: 'Settings', exact: true }).click();
    await this.page.getByRole('slider', { name: 'Alert budget' }).press('End');
    await this.page.getByRole('button', { name: 'Close settings' }).click();
    await expect(this.page.getByRole('dialog')).toBeHidden();
  }

  /** Another detector, in the settings. */
  async chooseDetector(title: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Settings', exact: true }).click();
    await this.page.getByRole('dialog').getByRole('radio', { name: title, exact: true }).check();
    await this.page.getByRole('button', { name: 'Close settings' }).click();
    await expect(this.page.getByRole('dialog')).toBeHidden();
  }

  /** What the heatmap shows, of the choices under the picture. */
  async showHeat(label: 'Evidence' | 'Attention' | 'Off'): Promise<void> {
    const choices = this.page.getByRole('radiogroup', { name: 'Heatmap shows' });
    await choices.getByText(label, { exact: true }).click();
  }

  /** Chooses how long to learn a live source. */
  async chooseLength(label: '30 s' | '1 min' | '2 min' | '10 min'): Promise<void> {
    await this.page.getByRole('radiogroup', { name: 'Time to learn' }).getByText(label, { exact: true }).click();
  }

  /** Chooses how long to learn a live source, and begins. */
  async learn(label: '30 s' | '1 min' | '2 min'): Promise<void> {
    await this.chooseLength(label);
    await this.learnScene.click();
  }

  /** Watches with the newest scene saved for this source. */
  async useSavedScene(): Promise<void> {
    await this.page
      .getByRole('button', { name: /^Use scene of/ })
      .first()
      .click();
  }

  /** Stops watching, and closes what was watched. */
  async leave(): Promise<void> {
    await this.stop.click();
    await this.close.click();
    await expect(this.useWebcam).toBeVisible();
  }

  /** From an error back to the start. */
  async startAgain(): Promise<void> {
    await this.page.getByRole('button', { name: 'Start again' }).click();
    await expect(this.useWebcam).toBeVisible();
  }

  /** One entry per alert in the feed. */
  get alertItems(): Locator {
    return this.alerts.getByRole('listitem');
  }

  /** The meter's present value, 0…1. */
  async scoreNow(): Promise<number> {
    return Number(await this.score.getAttribute('aria-valuenow'));
  }

  /** Saves the JSON report and reads it. */
  async report(): Promise<SavedReport> {
    return JSON.parse(await this.export('json'));
  }

  /** Chooses a format from the export menu and reads what was saved. */
  async export(format: 'json' | 'csv'): Promise<string> {
    await this.exportReport.click();
    const download = this.page.waitForEvent('download');
    await this.page.getByRole('menuitem', { name: new RegExp(format, 'i') }).click();
    return readFile(await (await download).path(), 'utf8');
  }

  /** Waits until a frame was scored; the meter is there before. What was stopped earlier has nothing to show and closes by itself. */
  async untilJudged(timeout: number): Promise<void> {
    await expect(this.score).toHaveAttribute('aria-valuetext', /^(?!not )/, { timeout });
  }

  /** Waits until the heatmap covers some place at least half, between these shares of the picture's height. */
  async untilGlowing(timeout: number, { top, bottom } = { top: 0, bottom: 1 }): Promise<Glow> {
    let seen: Glow | null = null;
    const glows = async () => {
      seen = await this.glow();
      return seen !== null && seen.peak > 127 && seen.y > top && seen.y < bottom;
    };
    await expect.poll(glows, { timeout, intervals: [200] }).toBe(true);
    return seen as unknown as Glow;
  }

  /** Where the heatmap glows now; null where it is clear. */
  async glow(): Promise<Glow | null> {
    return this.heatmap.evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const copy = new OffscreenCanvas(width, height).getContext('2d');
      if (!copy || width === 0 || height === 0) return null;
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, width, height);
      let peak = 0;
      for (let byte = 3; byte < data.length; byte += 4) peak = Math.max(peak, data[byte]);
      let [sum, x, y] = [0, 0, 0];
      for (let index = 0; index < width * height; index++) {
        const opacity = data[index * 4 + 3];
        if (opacity < 0.75 * peak) continue;
        sum += opacity;
        x += opacity * ((index % width) + 0.5);
        y += opacity * (Math.floor(index / width) + 0.5);
      }
      return sum > 0 ? { x: x / sum / width, y: y / sum / height, peak } : null;
    });
  }
}

/** Main-thread tasks over 50 ms, as the browser itself reports them. */
import type { Page } from '@playwright/test';

declare global {
  interface Window {
    longTasks: { startMs: number; durationMs: number }[];
  }
}

export class LongTasks {
  private constructor(private readonly page: Page) {}

  /** Must be called before the page is opened. */
  static async observe(page: Page): Promise<LongTasks> {
    await page.addInitScript(() => {
      window.longTasks = [];
      new PerformanceObserver((list) => {
        for (const task of list.getEntries()) {
          window.longTasks.push({ startMs: task.startTime, durationMs: task.duration });
        }
      }).observe({ type: 'longtask', buffered: true });
    });
    return new LongTasks(page);
  }

  /** Forget what came before, to measure from here. */
  async clear(): Promise<void> {
    await this.page.evaluate(() => {
      window.longTasks = [];
    });
  }

  /** Durations since `clear`, in milliseconds, longest first. */
  async durations(): Promise<number[]> {
    const tasks = await this.page.evaluate(() => window.longTasks);
    return tasks.map((task) => task.durationMs).sort((a, b) => b - a);
  }
}

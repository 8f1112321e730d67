/** The Review page as users and assistive technology know it, and a way to fill its storage with a made-up past. */
import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';

export class ReviewPage {
  readonly events: Locator;
  readonly recordings: Locator;
  readonly timeline: Locator;
  readonly video: Locator;
  readonly event: Locator;
  /** Which event the recap shows and why. */
  readonly recap: Locator;
  readonly recapControls: Locator;
  /** How often it was unusual in the region. */
  readonly found: Locator;

  constructor(readonly page: Page) {
    this.events = page.getByRole('list', { name: 'Events' });
    this.recordings = page.getByRole('list', { name: 'Recordings' });
    this.timeline = page.getByRole('figure', { name: 'Anomaly timeline' });
    this.video = page.locator('video[aria-label="Recording"]');
    this.event = page.getByRole('region', { name: 'Event' });
    this.recap = page.getByRole('status', { name: 'Recap' });
    this.found = page.getByRole('status', { name: 'Found' });
    this.recapControls = page.getByRole('group', { name: 'Recap controls' });
  }

  async open(): Promise<void> {
    await this.page.getByRole('link', { name: 'Review' }).click();
  }

  get items(): Locator {
    return this.events.getByRole('listitem');
  }

  get foundItems(): Locator {
    return this.page.getByRole('list', { name: 'Unusual in the region' }).getByRole('listitem');
  }

  /** A button that is pressed or not: 'True', 'Normal here', 'Reviewed', 'Keep'. */
  verdict(name: string): Locator {
    return this.event.getByRole('button', { name, exact: true });
  }

  /** Presses a button that saves a file, and reads it. */
  async saved(button: Locator): Promise<{ name: string; bytes: Buffer }> {
    const download = this.page.waitForEvent('download', { timeout: 60_000 });
    await button.click();
    const file = await download;
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  }

  /** Waits until the video can be played, and returns its length in seconds. */
  async duration(): Promise<number> {
    await expect.poll(() => this.video.evaluate((video: HTMLVideoElement) => video.readyState)).toBeGreaterThan(1);
    return this.video.evaluate((video: HTMLVideoElement) => video.duration);
  }
}

/** A day of a camera with this many events, straight into the database, which the app has made; seen after a reload. */
export async function seedDay(page: Page, id: string, events: number): Promise<void> {
  await page.evaluate(
    async ([recordingId, count]) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('oriel');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const stores = ['recordings', 'events', 'eventDetails', 'overviews'];
      const transaction = database.transaction(stores, 'readwrite');
      const put = (store: string, value: unknown) => transaction.objectStore(store).put(value);
      const startedAt = Date.UTC(2026, 0, 5);
      const day = 86_400;
      put('recordings', {
        ...{
          id: recordingId,
          startedAt,
          detector: 'hybrid',
          alertsPerHour: 1,
          endS: day,
          frames: 9e5,
          state: 'closed',
        },
        source: { kind: 'webcam', name: 'Yard', id: 'webcam:y', width: 640, height: 360, durationS: null, live: true },
        ...{ backend: 'wasm', learned: { durationS: 60, frames: 600 } },
        gaps: [{ fromS: 30_000, toS: 33_000, why: 'hidden' }],
      });
      const cues = ['speed', 'direction', 'class', 'dwell'];
      const severities = ['notice', 'warning', 'critical'];
      for (let index = 0; index < count; index++) {
        const startS = (index * day) / count;
        const eventId = `${recordingId}/${index}`;
        put('events', {
          ...{ id: eventId, recordingId, origin: 'alert', kind: 'unusual', zone: null, at: startedAt + startS * 1000 },
          ...{ startS, endS: startS + 4, peakS: startS + 2, returnPeriodS: 5000, extrapolated: false },
          ...{ severity: severities[index % 3], cues: [cues[index % 4]], label: 'person', detector: 'hybrid' },
          ...{ reason: `moves ${index % 9}.1× as fast as the fastest usually seen`, sourceName: 'Yard' },
          ...{ reviewed: index % 2 === 0, verdict: null, kept: false },
        });
        const peak = { timeS: startS + 2, raw: 3, returnPeriodS: 5000, score: 0.7, extrapolated: false };
        put('eventDetails', { id: eventId, recordingId, peak: { ...peak, reasons: [], objects: [] }, thumbnail: null });
      }
      [2, 32, 512, 8192].forEach((spellS, level) => {
        for (let index = 0; index * 256 * spellS < day; index++) {
          const peaks = Float32Array.from({ length: 256 }, (_, spell) => {
            const timeS = (index * 256 + spell) * spellS;
            return timeS > day ? 0 : 1 + 4000 * Math.abs(Math.sin(timeS / 700) * Math.sin(timeS / 91)) ** 6;
          });
          put('overviews', { recordingId, level, index, peaks });
        }
      });
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onerror = () => reject(transaction.error);
      });
      database.close();
    },
    [id, events] as const,
  );
}

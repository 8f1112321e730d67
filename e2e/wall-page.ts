/** The wall as users and assistive technology know it: by role and name. */
import { expect, type Locator, type Page } from '@playwright/test';

export class WallPage {
  readonly add: Locator;
  readonly tiles: Locator;
  /** One entry per alert of any camera. */
  readonly alerts: Locator;

  constructor(readonly page: Page) {
    this.add = page.getByRole('button', { name: 'Add a camera', exact: true });
    this.tiles = page.getByRole('list', { name: 'Cameras' }).getByRole('region');
    this.alerts = page.getByRole('list', { name: 'Alerts' }).getByRole('listitem');
  }

  /** The tile at this place, from 1. */
  tile(place: number): Locator {
    return this.page.getByRole('region', { name: new RegExp(`^Camera ${place}:`) });
  }

  /** Waits until a frame of this camera was scored. */
  async untilJudged(tile: Locator, timeout: number): Promise<void> {
    const meter = tile.getByRole('meter', { name: 'Anomaly score' });
    await expect(meter).toHaveAttribute('aria-valuetext', /^(?!not )/, { timeout });
  }
}

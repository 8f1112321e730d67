/** From a notification back to the page that it is about. */
import type { PageRequest } from './worker-request';

/** Bring that page to the front and let it show the alert; where it is gone, open the events that were kept. */
export async function openAlertPage(
  clients: Pick<Clients, 'get' | 'openWindow'>,
  scope: string,
  { clientId, alertId }: { clientId: string; alertId: string },
): Promise<void> {
  const page = (await clients.get(clientId)) as WindowClient | undefined;
  if (!page) return void (await clients.openWindow(`${scope}#/review`));
  const request: PageRequest = { type: 'show-alert', alertId };
  page.postMessage(request);
  // Refused where the browser does not count it as the user's press; the page shows the alert all the same.
  await page.focus().catch(() => undefined);
}

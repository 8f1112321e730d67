/** What the page and the service worker ask of each other. */

/** Of the service worker. */
export type WorkerRequest =
  /** Take over from the version before; the page reloads then. */
  | { type: 'take-over' }
  /** Keep the models in use, or all, for use without a network. */
  | { type: 'keep'; files: 'used' | 'all' }
  /** Show a notification; pressing it leads back to the page that asked. */
  | { type: 'notify'; title: string; options: NotificationOptions & { data: { alertId: string } } };

/** Of the page: a notification was pressed. */
export interface PageRequest {
  type: 'show-alert';
  alertId: string;
}

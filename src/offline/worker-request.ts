/** What the page asks of the service worker. */
export type WorkerRequest =
  /** Take over from the version before; the page reloads then. */
  | { type: 'take-over' }
  /** Keep the models in use, or all, for use without a network. */
  | { type: 'keep'; files: 'used' | 'all' };

/** A one-slot mailbox between a producer that never waits and one consumer: the newest item wins. */

/** How a mailbox ended: quietly, or with an error for the consumer. */
type Ending = { error: unknown | null };

/**
 * Holds at most one item. Putting a second one discards the first and counts it in `dropped`.
 *
 *   open ──end()──► ending (the item inside may still be taken) ──► ended
 *   any ──empty()──► ended
 */
export class Mailbox<T> {
  /** Items discarded so far because a newer one came before they were taken. */
  dropped = 0;
  #item: T | null = null;
  #ending: Ending | null = null;
  #waiting: { resolve: (item: T | null) => void; reject: (error: unknown) => void } | null = null;

  /** `discard` frees an item that nobody will take. */
  constructor(private readonly discard: (item: T) => void) {}

  /** Leave an item; it goes straight to a waiting consumer. Discarded at once when the mailbox has ended. */
  put(item: T): void {
    if (this.#ending) {
      this.discard(item);
    } else if (this.#waiting) {
      this.#waiting.resolve(item);
      this.#waiting = null;
    } else {
      if (this.#item !== null) {
        this.discard(this.#item);
        this.dropped += 1;
      }
      this.#item = item;
    }
  }

  /**
   * The newest item, as soon as there is one; null after the end. The taker owns it. One taker at a time.
   * Rejects, once the last item is taken, with the error the mailbox ended with.
   */
  async take(): Promise<T | null> {
    if (this.#item !== null) {
      const item = this.#item;
      this.#item = null;
      return item;
    }
    if (this.#ending?.error) throw this.#ending.error;
    if (this.#ending) return null;
    if (this.#waiting) throw new Error('Mailbox.take was called while another taker waits; use one consumer.');
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  /** No more items will come; `error`, if any, is what the consumer gets after the last one. Later calls change nothing. */
  end(error: unknown | null = null): void {
    if (this.#ending) return;
    this.#ending = { error };
    if (error) this.#waiting?.reject(error);
    else this.#waiting?.resolve(null);
    this.#waiting = null;
  }

  /** End now: discard the item inside, wake a waiting taker with null, and forget any error. */
  empty(): void {
    this.end();
    this.#ending = { error: null };
    if (this.#item !== null) this.discard(this.#item);
    this.#item = null;
  }
}

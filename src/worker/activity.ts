/** One thing the engine does at a time, which can be stopped and waited for. */

export interface Activity {
  /** Resolves when it has finished or failed. */
  done: Promise<void>;
  /** Stop it and wait until it has let go of the source. Never rejects. */
  stop(): Promise<void>;
}

export const idle: Activity = { done: Promise.resolve(), stop: async () => undefined };

/** Start `work`; whatever it throws after its start goes to `onError`, unless it was stopped. */
export function startActivity(
  work: (signal: AbortSignal) => Promise<void>,
  onError: (error: unknown) => void,
): Activity {
  const controller = new AbortController();
  const done = work(controller.signal).catch((error: unknown) => {
    if (!controller.signal.aborted) onError(error);
  });
  return {
    done,
    async stop() {
      controller.abort();
      await done;
    },
  };
}

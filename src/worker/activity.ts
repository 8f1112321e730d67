/** One thing the engine does at a time, which can be stopped and waited for. */

interface Activity {
  /** Resolves when it has finished or failed. */
  done: Promise<void>;
  /** Stop it and wait until it has let go of the source. Never rejects. */
  stop(): Promise<void>;
}

const idle: Activity = { done: Promise.resolve(), stop: async () => undefined };

/** Start `work`; whatever it throws after its start goes to `onError`, unless it was stopped. */
function startActivity(work: (signal: AbortSignal) => Promise<void>, onError: (error: unknown) => void): Activity {
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

/** Where one activity takes the place of another; what an activity throws goes to `onError`. */
export function createActivitySlot(onError: (error: unknown) => void) {
  let current = idle;
  return {
    isCurrent: (activity: Activity) => current === activity,
    stop: () => current.stop(),
    /** Stop what runs, then do this; what was asked for last wins. */
    switchTo(work: (signal: AbortSignal) => Promise<void>): Activity {
      const previous = current;
      current = startActivity(async (signal) => {
        await previous.stop();
        if (!signal.aborted) await work(signal);
      }, onError);
      return current;
    },
  };
}

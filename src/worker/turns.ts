/**
 * Turns at one device that several sources share: whoever has had least of it is next, one at a time.
 *
 * Start-time fair queueing (Goyal, Vin, Cheng 1996). Work that comes is stamped S = max(v, F), where v is the stamp of the work
 * served last and F when its source's work before would have ended; after `cost` milliseconds F = S + cost. The smallest
 * stamp is served, the oldest among equals. So sources that ask all the time get equal shares of the device's time, however
 * long their single calls are; one that was idle is served next but has no arrears to claim; one that asks for nothing takes no turn.
 */

export interface Turns<Source> {
  /** The work's own answer, once it had its turn. */
  take<T>(source: Source, work: () => Promise<T>): Promise<T>;
  /** Forget a source; what it still waits for is never begun and never answered. */
  leave(source: Source): void;
}

interface Waiting<Source> {
  source: Source;
  /** v when it came, in milliseconds of the device. */
  cameAt: number;
  serve(): Promise<void>;
}

/** `now`: milliseconds of a steady clock. */
export function createTurns<Source>(now = () => performance.now()): Turns<Source> {
  let waiting: Waiting<Source>[] = [];
  let serving = false;
  let served = 0;
  const ends = new Map<Source, number>();

  const stampOf = ({ source, cameAt }: Waiting<Source>) => Math.max(cameAt, ends.get(source) ?? 0);

  async function serveNext(): Promise<void> {
    if (serving || waiting.length === 0) return;
    serving = true;
    const next = waiting.reduce((best, each) => (stampOf(each) < stampOf(best) ? each : best));
    waiting = waiting.filter((each) => each !== next);
    served = stampOf(next);
    const startMs = now();
    await next.serve();
    ends.set(next.source, served + (now() - startMs));
    serving = false;
    // Whoever was just served may ask again before the next turn is given.
    queueMicrotask(() => void serveNext());
  }

  return {
    take: (source, work) =>
      new Promise((resolve, reject) => {
        const serve = async () => {
          try {
            resolve(await work());
          } catch (error) {
            reject(error); // also what was thrown before there was a promise
          }
        };
        waiting.push({ source, cameAt: served, serve });
        void serveNext();
      }),
    leave(source) {
      waiting = waiting.filter((each) => each.source !== source);
      ends.delete(source);
    },
  };
}

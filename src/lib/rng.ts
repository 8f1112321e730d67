/** Seeded random numbers: the same seed gives the same sequence on every machine. */

export interface Rng {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Standard normal (mean 0, deviation 1). */
  normal(): number;
  /** Uniform integer in 0 … n − 1; throws where n is not a positive integer. */
  int(n: number): number;
  /** One element, each with the same chance; throws on an empty list. */
  pick<T>(items: ArrayLike<T>): T;
  /** A shuffled copy (Fisher–Yates). */
  shuffled<T>(items: Iterable<T>): T[];
  /** An independent generator whose sequence depends on this seed and `name` only, not on the numbers drawn so far. */
  fork(name: string | number): Rng;
}

/** A generator for `seed` (any number; its lower 32 bits count). Mulberry32 by Tommy Ettinger, public domain. */
export function createRng(seed: number): Rng {
  let state = seed >>> 0;
  let spare: number | null = null;

  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };

  /** Box–Muller makes two at a time; the second waits. */
  const normal = () => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    const angle = 2 * Math.PI * next();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };

  const int = (n: number) => {
    if (!Number.isInteger(n) || n < 1) throw new RangeError(`rng.int needs a positive integer, got ${n}`);
    return Math.floor(next() * n);
  };

  return {
    next,
    normal,
    int,
    between: (low, high) => low + (high - low) * next(),
    pick: (items) => items[int(items.length)],
    shuffled: (items) => {
      const copy = [...items];
      for (let last = copy.length - 1; last > 0; last--) {
        const other = int(last + 1);
        [copy[last], copy[other]] = [copy[other], copy[last]];
      }
      return copy;
    },
    fork: (name) => createRng(hashText(`${seed >>> 0}/${name}`)),
  };
}

/** FNV-1a over UTF-16 units, finished so that neighbouring texts give distant seeds. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

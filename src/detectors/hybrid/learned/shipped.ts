/** The learned half as it was trained: its few weights come with the code, so that no detector waits for a file. */
import { type StoredWeights, storedLeaves } from '../../../nn/stored-weights';
import type { LearnedWeights } from './track-scorer';
import bundle from './weights.json';

/** Weights as one JSON value; `base64` holds the bytes. */
export interface WeightsBundle {
  manifest: StoredWeights['manifest'];
  base64: string;
}

/** The shipped weights by path. Throws WeightsError where the bundle is damaged. */
export function shippedHalf(): LearnedWeights {
  const { manifest, base64 } = bundle as WeightsBundle;
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return new Map(storedLeaves({ manifest, bytes }, 'hybrid').map(({ path, values }) => [path, values]));
}

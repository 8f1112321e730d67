/** Every detector, by name: one line each. */
import type { DetectorEntry } from './detector';
import { hybrid } from './hybrid/detector';

export const detectors: Record<string, DetectorEntry> = { hybrid };

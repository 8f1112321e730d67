/** The demo that a visitor sees, and the stretch of the same plaza's life that its shipped scene was learned on. */
import type { FrameSource } from '../frame';
import { type SyntheticOptions, syntheticSource } from './synthetic-source';

/** The demo's seed and rate. */
export const DEMO_SEED = 7;
export const DEMO_FPS = 15;
/** The demo begins at this second of the plaza's life; learning uses seconds before it, never seen in the demo. */
export const DEMO_STARTS_S = 3600;

/** The demo: live, endless; the first anomaly comes 6.5 s after the first frame, then one every 12 to 22 s, all five kinds in turn. */
export const demoSource = (seed = DEMO_SEED, options: SyntheticOptions = {}): FrameSource =>
  syntheticSource({ fps: DEMO_FPS, pace: 'realtime', ...options, seed, startS: DEMO_STARTS_S, anomalies: 'demo' });

/** Normal walking on the demo's plaza, pulled: `fromS` counts in the hour before the demo begins. */
export const demoNormal = (fromS: number, durationS: number, options: SyntheticOptions = {}): FrameSource =>
  syntheticSource({ seed: DEMO_SEED, fps: DEMO_FPS, ...options, startS: fromS, durationS, anomalies: 'none' });

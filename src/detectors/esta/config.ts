/** Sizes of ESTA: the paper's tables, and what runs in a browser in real time. */
import { dividedHierarchy, PAPER_HIERARCHY, type SpatialHierarchy } from '../../nn/spatial-attention';
import { PAPER_RANGES, type TemporalHierarchy } from '../../nn/temporal-attention';

export interface EstaConfig {
  /** Channels of the convolution that each stream begins with, on every cell of the grid. */
  stem: number;
  /** Table 3, of each stream; SA-1 stands on every second cell each way. */
  spatial: SpatialHierarchy;
  /** Table 4. A rate of 1 is one frame in `intervalS` seconds, however far apart frames really are: "32 frames at rate 4" looks at 8 moments 0.4 s apart. */
  temporal: TemporalHierarchy;
  /** Channels of the places that look back in time and are judged. */
  places: number;
}

/** Table 4 in seconds, where the paper counts frames of unknown rate: 0.7, 1.4 and 2.8 s back. */
const INTERVAL_S = 0.1;

/** The paper's sizes; it says nothing of the stem, of the heads in time and of the channels there. */
const paper: EstaConfig = {
  stem: 64,
  spatial: PAPER_HIERARCHY,
  temporal: { ranges: PAPER_RANGES, heads: 8, intervalS: INTERVAL_S },
  places: 256,
};

/** A sixteenth of the paper's channels and heads. */
const DIVISOR = 16;

/** The shipped size. */
const balanced: EstaConfig = {
  stem: 12,
  spatial: dividedHierarchy(PAPER_HIERARCHY, DIVISOR),
  temporal: { ranges: PAPER_RANGES, heads: 2, intervalS: INTERVAL_S },
  places: 24,
};

export const estaConfigs = { paper, balanced } as const;

/** The seam behind which the tensors of a network detector live: in this thread (Node, tests) or in a worker of their own. */
import type { StreamInputs } from './streams/stream-inputs';

/** Where a network looked, over the whole picture. */
export interface AttentionMap {
  /** For the user: 'places', 'last 2 seconds'; unique within a network and the same in every frame. */
  name: string;
  width: number;
  height: number;
  /** Row by row, 0…1. */
  values: Float32Array;
}

/** How much a stream of the network, or a stretch of time it looks back over, counted. */
export interface AttentionRange {
  /** For the user, as that of a map. */
  name: string;
  /** 0…1 */
  weight: number;
}

/** What the network says of one frame, on its own, coarser grid over the whole picture; planes row by row. */
export interface NetworkOutput {
  width: number;
  height: number;
  /** Logit of an anomaly at each place. */
  logits: Float32Array;
  /** Probability that something is abnormal in the segment up to this frame, 0…1. */
  probability: number;
  /** Fused features [height, width, channels]. */
  features: Float32Array;
  /** Where the network looked, level by level and, where it looks back, range by range, the most telling one first; empty where it does not attend. */
  attention: AttentionMap[];
  /** How much each stream or temporal range counted in this frame; empty where the network has none. */
  ranges: AttentionRange[];
}

/** A network with its weights. Streaming: frames of one clip in order, of one size; `reset` between clips. */
export interface NetworkRunner {
  step(inputs: StreamInputs): Promise<NetworkOutput>;
  reset(): void;
  dispose(): void;
}

/** The seam behind which the tensors of a network detector live: in this thread (Node, tests) or in a worker of their own. */
import type { StreamInputs } from './streams/stream-inputs';

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
  /** Where the network looked, 0…1 per place. */
  attention: Float32Array;
  /** How much the moment counted, one number per stream, 0…1. */
  moments: Float32Array;
}

/** A network with its weights. Streaming: frames of one clip in order, of one size; `reset` between clips. */
export interface NetworkRunner {
  step(inputs: StreamInputs): Promise<NetworkOutput>;
  reset(): void;
  dispose(): void;
}

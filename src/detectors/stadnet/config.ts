/** Sizes of STADNet: the paper's order of magnitude, and what runs in a browser in real time. */
import type { KernelSize } from '../../nn/conv3d-stacked';

/** Kernels of parallel branches with their output channels, time × height × width. */
type Branches = readonly { kernel: KernelSize; outputs: number }[];

export interface StadnetConfig {
  /** First layer of each stream, on every cell of the grid. */
  near: { motion: Branches; colour: Branches };
  /** Second layer, on every second cell each way; the branches' outputs add up to `channels`. */
  wide: { motion: Branches; colour: Branches };
  /** Channels of each stream after its second layer, of the fused features and of the head. */
  channels: number;
  /** Frames that decide how much a moment counts. */
  moments: number;
  /** Hidden values of the LSTM. */
  memory: number;
  /** The VAE on the fused features of a cell. */
  vae: { hidden: readonly number[]; latents: number };
}

/** The paper names kernels and blocks but its table of widths is an image: 64 channels are our reading of "small kernels, lighter structure". */
const paper: StadnetConfig = {
  near: {
    motion: [
      { kernel: [1, 1, 1], outputs: 8 },
      { kernel: [3, 3, 3], outputs: 16 },
      { kernel: [3, 5, 5], outputs: 8 },
    ],
    colour: [
      { kernel: [1, 1, 1], outputs: 8 },
      { kernel: [1, 3, 3], outputs: 16 },
      { kernel: [1, 5, 5], outputs: 8 },
    ],
  },
  wide: {
    motion: [
      { kernel: [1, 1, 1], outputs: 16 },
      { kernel: [3, 3, 3], outputs: 32 },
      { kernel: [3, 5, 5], outputs: 16 },
    ],
    colour: [
      { kernel: [1, 1, 1], outputs: 16 },
      { kernel: [3, 3, 3], outputs: 32 },
      { kernel: [3, 5, 5], outputs: 16 },
    ],
  },
  channels: 64,
  moments: 3,
  memory: 64,
  vae: { hidden: [64], latents: 8 },
};

/** The shipped size. */
const balanced: StadnetConfig = {
  near: {
    motion: [
      { kernel: [1, 1, 1], outputs: 4 },
      { kernel: [2, 3, 3], outputs: 8 },
    ],
    colour: [
      { kernel: [1, 1, 1], outputs: 4 },
      { kernel: [1, 3, 3], outputs: 8 },
    ],
  },
  wide: {
    motion: [
      { kernel: [1, 1, 1], outputs: 4 },
      { kernel: [3, 3, 3], outputs: 12 },
      { kernel: [2, 5, 5], outputs: 8 },
    ],
    colour: [
      { kernel: [1, 1, 1], outputs: 4 },
      { kernel: [2, 3, 3], outputs: 12 },
      { kernel: [1, 5, 5], outputs: 8 },
    ],
  },
  channels: 24,
  moments: 3,
  memory: 16,
  vae: { hidden: [32], latents: 4 },
};

export const stadnetConfigs = { paper, balanced } as const;

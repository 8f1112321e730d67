/** A network detector's tensors in this thread: its runner, and the fit of a scene's motion. */
import type { DetectorEntry, LearnedScene, NetworkTensors } from '../detectors/detector';
import { fitMotionVae } from '../detectors/streams/motion-vae';
import { COLOUR_CHANNELS, MOTION_CHANNELS } from '../detectors/streams/stream-inputs';
import { registerGradients } from '../nn/gradients';
import type { StoredWeights } from '../nn/stored-weights';
import { registerWasmCopies } from '../nn/wasm-copies';
import { registerWasmKernels } from '../nn/wasm-kernels';

export interface NetworkParts {
  weights: StoredWeights;
  /** What it judges by before a scene is learned; null where only learned scenes are judged by. */
  normality: LearnedScene | null;
  /** Loads the gradients of TensorFlow.js in another way than a bundler does; see `registerGradients`. */
  loadGradients?: () => Promise<unknown>;
}

/** The grid of a picture of 4:3, the most usual shape. */
const USUAL_GRID = { width: 48, height: 36 };

/** On whichever backend runs, its shaders compiled. Throws where the detector has no network, and WeightsError where the weights are not its own. */
export async function createNetworkTensors(
  { card, needs }: DetectorEntry,
  { weights, normality, loadGradients }: NetworkParts,
): Promise<NetworkTensors> {
  if (!needs.network) throw new Error(`The detector ${card.name} has no network of its own.`);
  registerWasmCopies();
  registerWasmKernels();
  const runner = await needs.network(weights);
  const cells = USUAL_GRID.width * USUAL_GRID.height;
  const motion = new Float32Array(cells * MOTION_CHANNELS);
  const colour = new Float32Array(cells * COLOUR_CHANNELS);
  await runner.step({ timeS: 0, ...USUAL_GRID, motion, colour });
  runner.reset();
  return {
    step: (inputs) => runner.step(inputs),
    reset: () => runner.reset(),
    dispose: () => runner.dispose(),
    async fitMotion(rows, seed) {
      await registerGradients(loadGradients);
      return fitMotionVae(rows, seed);
    },
    shipped: normality,
  };
}

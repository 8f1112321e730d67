/** A worker for the browser tests: trains STADNet for a few updates on WebAssembly and reports the losses. */
import '@tensorflow/tfjs-backend-wasm';
import { registerGradients } from '../nn/gradients';
import { disposeTree } from '../nn/tree';
import { detectedPlatform, startBackend } from './backend';
import { walkingTask } from './stadnet-training.fixture';
import { type TrainingOptions, train } from './trainer';

export type TrainingReport = { totals: number[] } | { message: string };

const report = (message: TrainingReport) => postMessage(message);

addEventListener('message', async ({ data }: MessageEvent<Pick<TrainingOptions, 'seed' | 'steps'>>) => {
  try {
    await startBackend('wasm', detectedPlatform('/wasm/'));
    await registerGradients();
    const { curve, params } = await train(walkingTask, data);
    disposeTree(params);
    report({ totals: curve.map(({ total }) => total) });
  } catch (error) {
    report({ message: String(error) });
  }
});

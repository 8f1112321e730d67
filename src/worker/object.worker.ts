/** The object worker: TensorFlow.js and CenterNet, nested in the engine worker so that losing it loses nothing else. */
import { expose } from 'comlink';
import { type BackendChoice, detectedPlatform, deviceLoss, liveTensors, startBackend } from '../engine/backend';
import { type CenterNet, createCenterNet } from '../engine/centernet';
import { fetchCenterNet } from '../engine/centernet-files';
import type { Frame } from '../media/frame';

type Progress = (fraction: number, step: string) => void;

/** Most cameras and recordings; another shape is compiled when it is opened. */
const USUAL_SIZE = { width: 640, height: 480 };

let finder: CenterNet | null = null;
let reportLoss: (why: string) => void = () => undefined;

const running = (): CenterNet => {
  if (!finder) throw new Error('The object worker was asked before it was started; call start first.');
  return finder;
};

const service = {
  /** Load the model, start the backend and compile; one progress 0…1 over all three. */
  async start(choice: BackendChoice, assets: string, onProgress: Progress) {
    const files = await fetchCenterNet(`${assets}models/`, (fraction) =>
      onProgress(0.6 * fraction, 'Loading the object model'),
    );
    onProgress(0.6, 'Starting the engine');
    const info = await startBackend(choice, detectedPlatform(`${assets}wasm/`));
    void deviceLoss().then((why) => reportLoss(why));
    onProgress(0.75, info.backend === 'webgpu' ? 'Compiling shaders' : 'Warming up');
    finder = createCenterNet({ files });
    await finder.prepare(USUAL_SIZE.width, USUAL_SIZE.height);
    onProgress(1, 'Ready');
    return { info, embeddingSize: finder.embeddingSize, tensors: liveTensors() };
  },
  async find(frame: Frame) {
    const objects = await running().find(frame);
    return { objects, tensors: liveTensors() };
  },
  async prepare(width: number, height: number) {
    await running().prepare(width, height);
  },
  onLost(listener: (why: string) => void) {
    reportLoss = listener;
  },
};

export type ObjectService = typeof service;

expose(service);

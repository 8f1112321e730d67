/** The tensor worker: TensorFlow.js with the models of one detector, nested in the engine worker so that losing it loses nothing else. */
import { expose } from 'comlink';
import type { NetworkTensors } from '../detectors/detector';
import { detectors } from '../detectors/registry';
import type { PatchRows } from '../detectors/streams/motion-patches';
import type { StreamInputs } from '../detectors/streams/stream-inputs';
import { type BackendChoice, detectedPlatform, deviceLoss, liveTensors, startBackend } from '../engine/backend';
import { type CenterNet, createCenterNet } from '../engine/centernet';
import { fetchCenterNet, fetchNetwork } from '../engine/model-files';
import { createNetworkTensors } from '../engine/network-tensors';
import type { Frame } from '../media/frame';

type Progress = (fraction: number, step: string) => void;

/** Which models to load, from where, and on what to run them. */
export interface TensorRequest {
  choice: BackendChoice;
  /** Address, ending in '/', below which models/ and wasm/ are served. */
  assets: string;
  /** Name of the detector. */
  detector: string;
}

/** Most cameras and recordings; another shape is compiled when it is opened. */
const USUAL_SIZE = { width: 640, height: 480 };

let finder: CenterNet | null = null;
let network: NetworkTensors | null = null;
let reportLoss: (why: string) => void = () => undefined;

function loaded<T>(model: T | null): T {
  if (!model) throw new Error('The tensor worker was asked for a model it has not loaded; call start first.');
  return model;
}

/** The files of what the detector needs; progress 0…1. */
async function fetchModels({ assets, detector }: TensorRequest, onProgress: (fraction: number) => void) {
  const { needs } = detectors[detector];
  const part = (from: number, to: number) => (fraction: number) => onProgress(from + (to - from) * fraction);
  const both = needs.objects && needs.network;
  const objects = needs.objects ? await fetchCenterNet(`${assets}models/`, part(0, both ? 0.9 : 1)) : null;
  const shipped = needs.network ? await fetchNetwork(`${assets}models/${detector}/`, part(both ? 0.9 : 0, 1)) : null;
  return { objects, shipped };
}

const service = {
  /** Load the models, start the backend and compile; one progress 0…1 over all three. */
  async start(request: TensorRequest, onProgress: Progress) {
    const { objects, shipped } = await fetchModels(request, (fraction) =>
      onProgress(0.6 * fraction, 'Loading the model'),
    );
    onProgress(0.6, 'Starting the engine');
    const info = await startBackend(request.choice, detectedPlatform(`${request.assets}wasm/`));
    void deviceLoss().then((why) => reportLoss(why));
    onProgress(0.75, info.backend === 'webgpu' ? 'Compiling shaders' : 'Warming up');
    if (shipped) network = await createNetworkTensors(detectors[request.detector], shipped);
    if (objects) {
      finder = createCenterNet({ files: objects });
      await finder.prepare(USUAL_SIZE.width, USUAL_SIZE.height);
    }
    onProgress(1, 'Ready');
    const embeddingSize = finder?.embeddingSize ?? 0;
    return { info, embeddingSize, shipped: network?.shipped ?? null, tensors: liveTensors() };
  },
  async find(frame: Frame) {
    const objects = await loaded(finder).find(frame);
    return { objects, tensors: liveTensors() };
  },
  /** Compile the object finder for frames of this size. */
  async prepare(width: number, height: number) {
    await finder?.prepare(width, height);
  },
  /** The network's next frame, the first of a clip where it `begins`. */
  async step(inputs: StreamInputs, begins: boolean) {
    if (begins) loaded(network).reset();
    const output = await loaded(network).step(inputs);
    return { output, tensors: liveTensors() };
  },
  fitMotion: (rows: PatchRows, seed: number) => loaded(network).fitMotion(rows, seed),
  onLost(listener: (why: string) => void) {
    reportLoss = listener;
  },
};

export type TensorService = typeof service;

expose(service);

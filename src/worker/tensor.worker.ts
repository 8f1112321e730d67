/**
 * The tensor worker: TensorFlow.js with the models of the detectors in use, apart from the engines so that losing it loses nothing else. Each
 * engine has a seat here, a port of its own, and they take turns at the device.
 */
import { expose } from 'comlink';
import type { NetworkTensors } from '../detectors/detector';
import { detectors } from '../detectors/registry';
import type { PatchRows } from '../detectors/streams/motion-patches';
import type { StreamInputs } from '../detectors/streams/stream-inputs';
import {
  type BackendChoice,
  type BackendInfo,
  detectedPlatform,
  deviceLoss,
  liveTensors,
  startBackend,
} from '../engine/backend';
import { type CenterNet, createCenterNet } from '../engine/centernet';
import { fetchCenterNet, fetchNetwork, type ShippedNetwork } from '../engine/model-files';
import { createNetworkTensors } from '../engine/network-tensors';
import type { Frame } from '../media/frame';
import { createTurns } from './turns';

type Progress = (fraction: number, step: string) => void;

/** Which models to load, from where, and on what to run them. */
export interface TensorRequest {
  choice: BackendChoice;
  /** Address, ending in '/', below which models/ and wasm/ are served. */
  assets: string;
  /** Name of the detector. */
  detector: string;
}

/** What the page tells this worker. */
export type ToTensorWorker = { type: 'seat'; id: number; port: MessagePort } | { type: 'leave'; id: number };

/** What it tells the page: it is of no use any more. */
export interface FromTensorWorker {
  type: 'lost';
  why: string;
}

/** Most cameras and recordings; another shape is compiled when it is opened. */
const USUAL_SIZE = { width: 640, height: 480 };

const turns = createTurns<number>();
const seats = new Map<number, TensorSeat>();
let backend: Promise<BackendInfo> | null = null;
let finder: Promise<CenterNet> | null = null;
const shipped = new Map<string, Promise<ShippedNetwork>>();

function loaded<T>(model: T | null): T {
  if (!model) throw new Error('The tensor worker was asked for a model it has not loaded; call start first.');
  return model;
}

/** Started by the first who asks. What fails here stays failed: its seat is given back as broken, and the next worker tries anew. */
function startedBackend({ choice, assets }: TensorRequest): Promise<BackendInfo> {
  backend ??= startBackend(choice, detectedPlatform(`${assets}wasm/`)).then((info) => {
    void deviceLoss().then((why) => self.postMessage({ type: 'lost', why } satisfies FromTensorWorker));
    return info;
  });
  return backend;
}

/** One finder for all seats; it keeps a network for each shape of pictures that they may have. */
function startedFinder({ assets }: TensorRequest, onProgress: (fraction: number) => void): Promise<CenterNet> {
  finder ??= fetchCenterNet(`${assets}models/`, onProgress).then((files) =>
    createCenterNet({ files, shapes: () => seats.size }),
  );
  return finder;
}

function shippedNetwork({ assets, detector }: TensorRequest, onProgress: (fraction: number) => void) {
  const known = shipped.get(detector) ?? fetchNetwork(`${assets}models/${detector}/`, onProgress);
  shipped.set(detector, known);
  return known;
}

/** What the detector needs, fetched; progress 0…1. */
async function fetchModels(request: TensorRequest, onProgress: (fraction: number) => void) {
  const { needs } = detectors[request.detector];
  const part = (from: number, to: number) => (fraction: number) => onProgress(from + (to - from) * fraction);
  const both = needs.objects && needs.network;
  const objects = needs.objects ? await startedFinder(request, part(0, both ? 0.9 : 1)) : null;
  const network = needs.network ? await shippedNetwork(request, part(both ? 0.9 : 0, 1)) : null;
  return { objects, network };
}

/** What one engine can ask for. Networks keep the last frames in mind, so each seat has its own; the finder is everyone's. */
function createSeat(id: number) {
  let objects: CenterNet | null = null;
  let network: NetworkTensors | null = null;
  let left = false;
  const leave = () => {
    left = true;
    turns.leave(id);
    network?.dispose();
    network = null;
  };
  return {
    /** Load the models, start the backend and compile; one progress 0…1 over all three. */
    async start(request: TensorRequest, onProgress: Progress) {
      const models = await fetchModels(request, (fraction) => onProgress(0.6 * fraction, 'Loading the model'));
      onProgress(0.6, 'Starting the engine');
      const info = await startedBackend(request);
      onProgress(0.75, info.backend === 'webgpu' ? 'Compiling shaders' : 'Warming up');
      await turns.take(id, async () => {
        if (models.network) network = await createNetworkTensors(detectors[request.detector], models.network);
        if (left) leave();
        objects = models.objects;
        if (objects?.inputSize === null) await objects.prepare(USUAL_SIZE.width, USUAL_SIZE.height);
      });
      onProgress(1, 'Ready');
      const embeddingSize = models.objects?.embeddingSize ?? 0;
      return { info, embeddingSize, shipped: models.network?.normality ?? null, tensors: liveTensors() };
    },
    async find(frame: Frame) {
      const found = await turns.take(id, () => loaded(objects).find(frame));
      return { found, tensors: liveTensors() };
    },
    /** Compile the object finder for frames of this size. */
    async prepare(width: number, height: number) {
      await turns.take(id, async () => objects?.prepare(width, height));
    },
    /** The network's next frame, the first of a clip where it `begins`. */
    async step(inputs: StreamInputs, begins: boolean) {
      const output = await turns.take(id, () => {
        if (begins) loaded(network).reset();
        return loaded(network).step(inputs);
      });
      return { output, tensors: liveTensors() };
    },
    /** Takes seconds, and gives way by itself every few updates: no turn of its own, or the others would stand still. */
    fitMotion: (rows: PatchRows, seed: number) => loaded(network).fitMotion(rows, seed),
    leave,
  };
}

type TensorSeat = ReturnType<typeof createSeat>;

/** What an engine asks at its port. */
export type TensorService = Omit<TensorSeat, 'leave'>;

self.onmessage = ({ data }: MessageEvent<ToTensorWorker>) => {
  if (data.type === 'seat') {
    const seat = createSeat(data.id);
    seats.set(data.id, seat);
    const { leave: _, ...service } = seat;
    expose(service, data.port);
  } else {
    seats.get(data.id)?.leave();
    seats.delete(data.id);
  }
};

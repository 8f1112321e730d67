/** Starts tensor workers and notices when one is gone. */
import { proxy, type Remote, wrap } from 'comlink';
import type { TensorHost } from './recovering-tensors';
import type { TensorRequest, TensorService } from './tensor.worker';

/** A worker of its own with the models of one detector in it. */
export async function startTensorHost(
  request: TensorRequest,
  onProgress: (fraction: number, step: string) => void,
): Promise<TensorHost> {
  const worker = new Worker(new URL('./tensor.worker.ts', import.meta.url), { type: 'module', name: 'tensors' });
  const service: Remote<TensorService> = wrap(worker);
  const lost = new Promise<string>((resolve) => {
    worker.onerror = (event) => {
      event.preventDefault();
      resolve(`the tensor worker crashed: ${event.message || 'unknown reason'}`);
    };
    void service.onLost(proxy(resolve));
  });
  try {
    const crashed = lost.then((why) => Promise.reject(new Error(why)));
    const started = await Promise.race([service.start(request, proxy(onProgress)), crashed]);
    return createHost(worker, service, started, lost);
  } catch (error) {
    worker.terminate();
    throw error;
  }
}

type Started = Awaited<ReturnType<TensorService['start']>>;

function createHost(
  worker: Worker,
  service: Remote<TensorService>,
  { tensors, ...started }: Started,
  lost: Promise<string>,
): TensorHost {
  return {
    ...started,
    get tensors() {
      return tensors;
    },
    async find(frame) {
      const found = await service.find(frame);
      tensors = found.tensors;
      return found.objects;
    },
    prepare: (width, height) => service.prepare(width, height),
    async step(inputs, begins) {
      const stepped = await service.step(inputs, begins);
      tensors = stepped.tensors;
      return stepped.output;
    },
    fitMotion: (rows, seed) => service.fitMotion(rows, seed),
    lost,
    dispose: () => worker.terminate(),
  };
}

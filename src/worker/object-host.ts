/** Starts object workers and notices when one is gone. */
import { proxy, type Remote, wrap } from 'comlink';
import type { BackendChoice } from '../engine/backend';
import type { ObjectService } from './object.worker';
import type { ObjectHost } from './recovering-finder';

/** A worker of its own with CenterNet in it; model and WebAssembly files are fetched below `assets`. */
export async function startObjectHost(
  assets: string,
  choice: BackendChoice,
  onProgress: (fraction: number, step: string) => void,
): Promise<ObjectHost> {
  const worker = new Worker(new URL('./object.worker.ts', import.meta.url), { type: 'module', name: 'objects' });
  const service: Remote<ObjectService> = wrap(worker);
  const lost = new Promise<string>((resolve) => {
    worker.onerror = (event) => {
      event.preventDefault();
      resolve(`the object worker crashed: ${event.message || 'unknown reason'}`);
    };
    void service.onLost(proxy(resolve));
  });
  try {
    const crashed = lost.then((why) => Promise.reject(new Error(why)));
    const started = await Promise.race([service.start(choice, assets, proxy(onProgress)), crashed]);
    return createHost(worker, service, started, lost);
  } catch (error) {
    worker.terminate();
    throw error;
  }
}

type Started = Awaited<ReturnType<ObjectService['start']>>;

function createHost(
  worker: Worker,
  service: Remote<ObjectService>,
  started: Started,
  lost: Promise<string>,
): ObjectHost {
  let { tensors } = started;
  return {
    info: started.info,
    embeddingSize: started.embeddingSize,
    get tensors() {
      return tensors;
    },
    async find(frame) {
      const found = await service.find(frame);
      tensors = found.tensors;
      return found.objects;
    },
    prepare: (width, height) => service.prepare(width, height),
    lost,
    dispose: () => worker.terminate(),
  };
}

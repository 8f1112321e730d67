/** An engine worker's seat at a tensor worker, as the host of its models. */
import { proxy, type Remote, releaseProxy, wrap } from 'comlink';
import type { TensorHost } from './recovering-tensors';
import type { TensorRequest, TensorService } from './tensor.worker';
import type { Seat, TensorSeats } from './tensor-pool';

/** Takes a seat and has the models of one detector loaded there; gives it back where that fails. */
export async function startTensorHost(
  request: TensorRequest,
  onProgress: (fraction: number, step: string) => void,
  seats: TensorSeats,
): Promise<TensorHost> {
  let lose: (why: string) => void = () => undefined;
  const lost = new Promise<string>((resolve) => {
    lose = resolve;
  });
  const seat = await seats.take(request.choice, proxy(lose));
  const service: Remote<TensorService> = wrap(seat.port);
  try {
    const crashed = lost.then((why) => Promise.reject(new Error(why)));
    const started = await Promise.race([service.start(request, proxy(onProgress)), crashed]);
    return createHost(seat, seats, service, started, lost);
  } catch (error) {
    void seats.leave(seat.id, true);
    throw error;
  }
}

type Started = Awaited<ReturnType<TensorService['start']>>;

function createHost(
  { id }: Seat,
  seats: TensorSeats,
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
      const answer = await service.find(frame);
      tensors = answer.tensors;
      return answer.found;
    },
    prepare: (width, height) => service.prepare(width, height),
    async step(inputs, begins) {
      const stepped = await service.step(inputs, begins);
      tensors = stepped.tensors;
      return stepped.output;
    },
    fitMotion: (rows, seed) => service.fitMotion(rows, seed),
    lost,
    dispose(broken) {
      service[releaseProxy]();
      void seats.leave(id, broken);
    },
  };
}

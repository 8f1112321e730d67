/** The engine worker: the session with what the browser gives, behind comlink. */
import { expose, type Remote, transfer } from 'comlink';
import { detectors } from '../detectors/registry';
import { openSource } from '../media/open-source';
import { createEngineSession } from './engine-session';
import { toFailure } from './failure';
import type { Listener } from './messenger';
import { browserPictures } from './picture';
import type { EngineMessage, EngineWorkerApi } from './protocol';
import { createRecoveringTensors } from './recovering-tensors';
import { startTensorHost } from './tensor-host';
import type { TensorSeats } from './tensor-pool';

/** Where the tensor workers are to be had; the page says so before it asks for anything else. */
let seats: TensorSeats | null = null;

function requireSeats(): TensorSeats {
  if (!seats) throw new Error('The engine was asked for models before it was told where they run.');
  return seats;
}

const session = createEngineSession({
  startTensors: (request, events) =>
    createRecoveringTensors(
      (choice, onProgress) => startTensorHost({ ...request, choice }, onProgress, requireSeats()),
      request.choice,
      events,
    ),
  openSource,
  detectors,
  pictures: browserPictures,
  keepFootage: async (...given) => (await import('./keep-footage')).keepFootage(...given),
});

/** Pictures and evidence move to the page instead of being copied. */
function transferables(message: EngineMessage): Transferable[] {
  switch (message.type) {
    case 'observed': {
      const { picture, evidence, attention } = message.frame;
      const maps = attention?.maps.map(({ values }) => values.buffer) ?? [];
      return [evidence.values.buffer, ...maps, ...(picture ? [picture] : [])];
    }
    case 'preview':
      return [message.picture];
    case 'learning':
      return message.picture ? [message.picture] : [];
    default:
      return [];
  }
}

/** Errors cross to the page with name and message only, so the name carries the code. */
function named<A extends unknown[], R>(call: (...given: A) => Promise<R>): (...given: A) => Promise<R> {
  return async (...given) => {
    try {
      return await call(...given);
    } catch (error) {
      const { name, message } = toFailure(error);
      throw Object.assign(new Error(message, { cause: error }), { name });
    }
  };
}

const api: EngineWorkerApi = {
  giveSeats(given) {
    seats = given;
  },
  listen(listener) {
    const remote = listener as unknown as Remote<Listener>;
    session.listen(async (message) => {
      await remote(transfer(message, transferables(message)));
    });
  },
  load: named(session.load),
  chooseDetector: named(session.chooseDetector),
  open: named(session.open),
  setScene: named(session.setScene),
  learn: named(session.learn),
  cancelLearning: named(session.cancelLearning),
  watch: named(session.watch),
  pause: named(session.pause),
  resume: named(session.resume),
  stop: named(session.stop),
  setAlertOptions: named(session.setAlertOptions),
  showAttention: named(session.showAttention),
};

expose(api);

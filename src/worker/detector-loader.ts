/** The models in use, and the detectors made of them. */
import type { Detector, DetectorEntry, DetectorTools } from '../detectors/detector';
import type { BackendInfo } from '../engine/backend';
import { OrderError } from './failure';
import type { EngineStatus } from './protocol';
import type { RecoveringTensors, TensorEvents } from './recovering-tensors';
import type { TensorRequest } from './tensor.worker';

export interface LoaderParts {
  /** Load what the detector of this name needs. */
  startTensors(request: TensorRequest, events: TensorEvents): Promise<RecoveringTensors>;
  /** The detectors to choose from, by name. */
  detectors: Record<string, DetectorEntry>;
}

interface Loaded {
  request: TensorRequest;
  entry: DetectorEntry;
  tensors: RecoveringTensors;
}

export function createDetectorLoader({ startTensors, detectors }: LoaderParts, events: TensorEvents) {
  let loaded: Loaded | null = null;
  let loads = 0;

  function drop(): void {
    loads++;
    loaded?.tensors.dispose();
    loaded = null;
  }

  function use(call: string): Loaded {
    if (!loaded) throw new OrderError(`The engine was asked to ${call} before it was loaded.`);
    return loaded;
  }

  return {
    drop,
    /** The request that what is in use was loaded by; throws OrderError where nothing is. */
    request: (call: string) => use(call).request,
    /** In place of what is in use. What was asked for last wins; the overtaken call throws OrderError. */
    async load(request: TensorRequest): Promise<BackendInfo> {
      const entry = detectors[request.detector];
      if (!entry)
        throw new OrderError(
          `There is no detector “${request.detector}”; choose one of ${Object.keys(detectors).join(', ')}.`,
        );
      drop();
      const mine = loads;
      const tensors = await startTensors(request, events);
      if (mine !== loads) {
        tensors.dispose();
        throw new OrderError('Another detector was chosen, or all was let go, before this one was loaded.');
      }
      loaded = { request, entry, tensors };
      return tensors.info;
    },
    /** A detector for one source; only those of live sources do not wait for objects. */
    create(source: { live: boolean; width: number; height: number }): Detector {
      const { entry, tensors } = use('open a source');
      void tensors.prepare(source.width, source.height).catch(() => undefined);
      return entry.create(toolsOf(tensors, !source.live), defaultConfig(entry));
    },
    status: (): Pick<EngineStatus, 'backend' | 'keyFps' | 'tensors'> => ({
      backend: loaded?.tensors.info ?? null,
      keyFps: loaded?.tensors.keyFps() ?? 0,
      tensors: loaded?.tensors.tensors ?? 0,
    }),
  };
}

/** A model that was not loaded answers with an error: the entry's `needs` are checked by its first use. */
const toolsOf = (tensors: RecoveringTensors, wait: boolean): DetectorTools => ({
  objects: () => tensors.finder(wait),
  network: () => tensors.network(),
});

const defaultConfig = ({ config }: DetectorEntry) =>
  Object.fromEntries(Object.entries(config).map(([name, option]) => [name, option.value]));

/** The detectors whose features can tell a fight, by name. */
import { mapChanges } from '../src/detectors/fights/map-changes';
import type { FrameFeatures, MomentOptions } from '../src/detectors/fights/moments';
import { motionActs } from '../src/detectors/fights/motion-acts';
import { networkFeatures } from '../src/detectors/fights/network-features';
import { peopleActs } from '../src/detectors/fights/people-acts';
import { networkSceneKinds } from '../src/detectors/registry';
import { STREAM_CELLS, StreamExtractor } from '../src/detectors/streams/stream-extractor';
import { STREAM_VERSION } from '../src/detectors/streams/stream-frame';
import { streamInputs } from '../src/detectors/streams/stream-inputs';
import { createCenterNetMaps, type FrameMaps } from '../src/engine/centernet-maps';
import type { Frame } from '../src/media/frame';
import { DenseMotion, FLOW_VERSION, type MotionField } from '../src/vision/dense-motion';
import { createNetwork, networkWeights } from './detector-tools';
import { LEAST_INTERVAL_S } from './extracted-clip';
import { type FightTrainingOptions, fightTrainingDefaults } from './fight-training';
import { readCenterNet } from './object-finder';
import { startTensors } from './tensors';

/** Streaming: frames of one clip in order, `reset` between clips. */
export interface FightExtractor {
  /** Null where the frame is not analysed. */
  step(frame: Frame): Promise<FrameFeatures | null>;
  reset(): void;
}

export interface FightDetector {
  /** All that decides the features; part of the cache's name. */
  config: Record<string, unknown> & {
    /** Whether clips are seen in a mirror too, for training: twice the work. */
    mirrored: boolean;
  };
  /** Checksum of the weights that the features come from, where they are trained here; part of the cache's name too. */
  weights?(): Promise<string>;
  moments: MomentOptions;
  training: FightTrainingOptions;
  createExtractor(): Promise<FightExtractor>;
}

const moments: MomentOptions = { lengthS: 2, everyS: 0.5 };

/** CenterNet's maps about 8 times a second, flow about 16 times. */
const hybridConfig = {
  inputArea: 192 * 320,
  minimumConfidence: 0.2,
  maximumOverlap: 0.6,
  keyIntervalS: 0.12,
  motionIntervalS: 0.06,
  flow: FLOW_VERSION,
  // In a mirror nearly all of these features are the same.
  mirrored: false,
};

const hybrid: FightDetector = {
  config: hybridConfig,
  moments,
  training: fightTrainingDefaults,
  async createExtractor() {
    await startTensors();
    const maps = createCenterNetMaps({ ...hybridConfig, files: await readCenterNet() });
    const motion = new DenseMotion();
    let [nextMotionS, nextKeyS] = [0, 0];
    let [earlier, latest]: (MotionField | null)[] = [null, null];
    let before: FrameMaps | null = null;
    return {
      async step(frame) {
        if (frame.timeS >= nextMotionS) {
          nextMotionS = frame.timeS + hybridConfig.motionIntervalS - 1e-3;
          [earlier, latest] = [latest, motion.step(frame)];
        }
        if (frame.timeS < nextKeyS || !latest) return null;
        nextKeyS = frame.timeS + hybridConfig.keyIntervalS - 1e-3;
        const now = await maps.read(frame);
        const last = before;
        before = now;
        if (!last) return null;
        return {
          timeS: frame.timeS,
          changes: joined(mapChanges(last.coarse, now.coarse), mapChanges(last.fine, now.fine)),
          acts: joined(motionActs(latest, earlier, frame.height), peopleActs(now.people, latest, frame.height)),
        };
      },
      reset() {
        motion.reset();
        [nextMotionS, nextKeyS] = [0, 0];
        [earlier, latest, before] = [null, null, null];
      },
    };
  },
};

const joined = (...parts: Float32Array[]) => Float32Array.from(parts.flatMap((part) => [...part]));

/** A network behind the runner's seam, without a scene: its frozen features, pooled over the picture. */
const networkJudge = (name: string): FightDetector => ({
  config: { cells: STREAM_CELLS, streams: STREAM_VERSION, leastIntervalS: LEAST_INTERVAL_S, mirrored: true },
  weights: async () => (await networkWeights(name)).manifest.checksum,
  moments,
  training: fightTrainingDefaults,
  async createExtractor() {
    const network = await createNetwork(name);
    const streams = new StreamExtractor();
    let nextS = 0;
    return {
      async step(frame) {
        if (frame.timeS < nextS) return null;
        nextS = frame.timeS + LEAST_INTERVAL_S - 1e-3;
        return networkFeatures(frame.timeS, await network.step(streamInputs(streams.step(frame), null)));
      },
      reset() {
        nextS = 0;
        network.reset();
        streams.reset();
      },
    };
  },
});

const detectors: Record<string, FightDetector> = {
  hybrid,
  ...Object.fromEntries(Object.keys(networkSceneKinds).map((name) => [name, networkJudge(name)])),
};

/** A detector by name; throws with the names there are. */
export function fightDetector(name: string): FightDetector {
  const found = detectors[name];
  if (!found)
    throw new Error(`Detector '${name}' cannot judge fights; choose one of ${Object.keys(detectors).join(', ')}.`);
  return found;
}

/** One thread of the work on clips of fights: the features of each clip's frames, as they are and mirrored. */
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { FrameFeatures } from '../src/detectors/fights/moments';
import { type Frame, SourceError } from '../src/media/frame';
import { frameDifferenceEnergy } from '../src/metrics/trivial-scorers';
import { probeFootage, readFrames } from './decode';
import { type FightExtractor, fightDetector } from './fight-features';
import { keep, readKept } from './kept-file';

export interface FightJob {
  detector: string;
  path: string;
  cache: string | undefined;
}

/** `unreadable`: what is wrong with the file. */
export type FightExtraction = ExtractedFight | { unreadable: string };

export interface ExtractedFight {
  frames: FrameFeatures[];
  /** Empty where the detector does without. */
  mirrored: FrameFeatures[];
  /** Mean squared difference between neighbouring frames, averaged over the clip. */
  energy: number;
  durationS: number;
  /** Seconds that the features of `frames` took. */
  extractS: number;
}

const extractors = new Map<string, Promise<FightExtractor>>();

async function extract({ detector, path, cache }: FightJob): Promise<FightExtraction> {
  const { config, weights, createExtractor } = fightDetector(detector);
  const settings = JSON.stringify({ ...config, weights: await weights?.() }).replace(/[^\w.]+/g, '-');
  const file = cache && join(cache, `fights-${detector}${settings}`, `${path.replace(/[^\w]+/g, '_')}.bin`);
  const kept = file ? await readKept<ExtractedFight>(file) : null;
  if (kept) return kept;
  const extractor = extractors.get(detector) ?? createExtractor();
  extractors.set(detector, extractor);
  try {
    const extracted = await extractClip(path, await extractor, config.mirrored);
    if (file) await keep(file, extracted);
    return extracted;
  } catch (error) {
    if (error instanceof SourceError && error.code !== 'unsupported') return { unreadable: error.message };
    throw error;
  }
}

/** Where it is wanted mirrored too, read twice, so that only a frame or two are in memory. */
async function extractClip(path: string, extractor: FightExtractor, inMirror: boolean): Promise<ExtractedFight> {
  const info = await probeFootage(path);
  const started = performance.now();
  const { frames, energy } = await features(readFrames(info), extractor);
  const extractS = (performance.now() - started) / 1000;
  const mirrored = inMirror ? (await features(mirroredFrames(readFrames(info)), extractor)).frames : [];
  return { frames, mirrored, energy, durationS: info.durationS, extractS };
}

async function features(source: AsyncIterable<Frame>, extractor: FightExtractor) {
  extractor.reset();
  const frames: FrameFeatures[] = [];
  let previous: Frame | null = null;
  let [energy, count] = [0, 0];
  for await (const frame of source) {
    energy += frameDifferenceEnergy(frame.data, previous?.data ?? null);
    count++;
    previous = frame;
    const found = await extractor.step(frame);
    if (found) frames.push(found);
  }
  return { frames, energy: energy / Math.max(1, count - 1) };
}

async function* mirroredFrames(source: AsyncIterable<Frame>): AsyncGenerator<Frame> {
  for await (const frame of source) yield mirroredFrame(frame);
}

function mirroredFrame(frame: Frame): Frame {
  const pixels = new Uint32Array(frame.data.buffer, frame.data.byteOffset, frame.width * frame.height);
  const mirrored = new Uint32Array(pixels.length);
  for (let row = 0; row < pixels.length; row += frame.width) {
    for (let x = 0; x < frame.width; x++) mirrored[row + x] = pixels[row + frame.width - 1 - x];
  }
  return { ...frame, data: new Uint8ClampedArray(mirrored.buffer) };
}

parentPort?.on('message', (job: FightJob) => {
  extract(job).then(
    (result) => parentPort?.postMessage({ result }),
    (error) => parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) }),
  );
});

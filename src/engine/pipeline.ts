/** Source → sampler → analysis: live sources are followed and drop what comes too fast, pulled ones are read to the end. */
import type { Frame } from '../media/frame';
import type { FrameFeed } from './frame-feed';
import { type Activity, createSampler, type SamplerBounds } from './sampler';

/** What went on around the analysis of one frame. */
export interface Pace {
  /** Present interval between analysed frames, in seconds. */
  intervalS: number;
  /** Time of the frame analysed before, in seconds of the source; null for the first. */
  previousS: number | null;
}

export interface PipelineOptions {
  feed: FrameFeed;
  bounds: SamplerBounds;
  /** Analyse one frame; what it returns steers the sampling. */
  analyse(frame: Frame, pace: Pace): Promise<Omit<Activity, 'workS'>>;
  /** True while frames are let pass without analysis: the tab is hidden. */
  isPaused?(): boolean;
  signal: AbortSignal;
  /** Milliseconds of a steady clock. */
  now?(): number;
}

/** Run until the source ends or the signal is aborted; says which. Rejects where source or analysis fail. */
export async function runPipeline(options: PipelineOptions): Promise<'ended' | 'stopped'> {
  const { feed, signal, analyse, isPaused = () => false, now = () => performance.now() } = options;
  const sampler = createSampler(options.bounds);
  let previousS: number | null = null;
  for (;;) {
    const frame = await feed.next(signal);
    if (signal.aborted) return 'stopped';
    if (!frame) return 'ended';
    if (isPaused() || !sampler.wants(frame)) continue;
    const startMs = now();
    const activity = await analyse(frame, { intervalS: sampler.intervalS, previousS });
    sampler.report({ ...activity, workS: (now() - startMs) / 1000 });
    previousS = frame.timeS;
  }
}

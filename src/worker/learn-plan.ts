/** What a plan of learning takes its footage from: the live source at hand, a range of the file, another file. */
import type { LearnedScene } from '../detectors/detector';
import { createFrameFeed, type FrameFeed } from '../engine/frame-feed';
import type { FrameSource } from '../media/frame';
import { type LearnParts, runLearn } from './learn-run';
import { requireExampleSize } from './picture-size';
import type { LearnPlan, SourceRequest } from './protocol';

/** The source that is open, and how others are. */
export interface LearnGround {
  request: SourceRequest;
  source: FrameSource;
  feed: FrameFeed;
  openSource(request: SourceRequest, range?: { fromS?: number; toS?: number }): Promise<FrameSource>;
}

type Shared = Omit<LearnParts, 'feed' | 'info' | 'fromS' | 'seconds'>;

/** Learn; null when cancelled. Throws LearningError where the footage does not suffice, SourceError where it cannot be read. */
export async function learnByPlan(
  { request, source: open, feed, openSource }: LearnGround,
  plan: LearnPlan,
  shared: Shared,
  signal: AbortSignal,
): Promise<LearnedScene | null> {
  if (plan.kind === 'live')
    return runLearn({ ...shared, feed, info: open.info, fromS: 0, seconds: plan.seconds }, signal);
  const range = plan.kind === 'range' ? { fromS: plan.fromS, toS: plan.toS } : {};
  const source = await openSource(plan.kind === 'range' ? request : { kind: 'file', file: plan.file }, range);
  try {
    requireExampleSize(source.info, open.info);
    const seconds = plan.kind === 'range' ? plan.toS - plan.fromS : null;
    const fromS = plan.kind === 'range' ? plan.fromS : 0;
    return await runLearn({ ...shared, feed: createFrameFeed(source), info: source.info, fromS, seconds }, signal);
  } finally {
    source.dispose();
  }
}

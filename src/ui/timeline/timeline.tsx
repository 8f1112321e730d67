/** The timeline of the session, as it grows. Loaded when needed. */
import { useDeferredValue } from 'react';
import type { WatchState } from '../../state/watch-store';
import { useJump } from '../stage/stage-context';
import { useSlowWatch, useWatch } from '../watch-context';
import { wordOfGap } from '../words/gap';
import { rarityPlace } from '../words/return-period';
import { TimelineFigure } from './timeline-figure';
import type { Span } from './timeline-series';

/** The chart is redrawn at most so often. */
const REDRAW_MS = 500;

const selectTimeline = (state: WatchState) => state.timeline;

/** `durationS` of the source in seconds, null for one without an end. */
export default function Timeline({ durationS }: { durationS: number | null }) {
  const points = useDeferredValue(useSlowWatch(selectTimeline, REDRAW_MS));
  const gaps = useWatch((state) => state.gaps);
  const alerts = useWatch((state) => state.alerts);
  const alertsPerHour = useWatch((state) => state.alertsPerHour);
  const place = useWatch(rarityPlace);
  const jump = useJump();
  const newestS = Math.max(points.at(-1)?.timeS ?? 0, gaps.at(-1)?.toS ?? 0);
  // A recording is shown whole from the start; a live source from where watching began.
  const beganS = points[0]?.timeS ?? newestS;
  const whole: Span = durationS === null ? [beganS, Math.max(newestS, beganS + 10)] : [0, durationS];
  const lastGap = gaps.at(-1);
  return (
    <TimelineFigure
      {...{ points, gaps, whole, newestS, alertsPerHour, place, jump }}
      marks={alerts}
      gapLegend={lastGap ? wordOfGap(lastGap) : ''}
      unknown="not analysed yet"
    />
  );
}

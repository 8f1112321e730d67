/** The timeline of the session: how rare each moment was; zoomed by dragging or by the two thumbs below. Loaded when needed. */
import { Button, Title } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import type { WatchState } from '../../state/watch-store';
import { useJump } from '../stage/stage-context';
import { useSlowWatch, useWatch } from '../watch-context';
import { wordOfGap } from '../words/gap';
import { periodOfBudget, rarityInWords, rarityOfPeriod, rarityPlace } from '../words/return-period';
import classes from './timeline.module.css';
import { TimelineChart } from './timeline-chart';
import { TimelinePointer } from './timeline-pointer';
import { mergedMarks, pointAt, type Span, timelineSeries } from './timeline-series';
import { useView } from './use-view';
import { ZoomSlider } from './zoom-slider';

/** The chart is redrawn at most so often. */
const REDRAW_MS = 500;

const selectTimeline = (state: WatchState) => state.timeline;

/** `durationS` of the source in seconds, null for one without an end. */
export default function Timeline({ durationS }: { durationS: number | null }) {
  const points = useDeferredValue(useSlowWatch(selectTimeline, REDRAW_MS));
  const gaps = useWatch((state) => state.gaps);
  const alerts = useWatch((state) => state.alerts);
  const threshold = useWatch((state) => rarityOfPeriod(periodOfBudget(state.alertsPerHour)));
  const place = useWatch(rarityPlace);
  const jump = useJump();
  const newestS = Math.max(points.at(-1)?.timeS ?? 0, gaps.at(-1)?.toS ?? 0);
  // A recording is shown whole from the start; a live source from where watching began.
  const beganS = points[0]?.timeS ?? newestS;
  const whole: Span = durationS === null ? [beganS, Math.max(newestS, beganS + 10)] : [0, durationS];
  const { view, zoomed, choose, showAll } = useView(whole);
  const series = useMemo(() => timelineSeries(points, gaps, view), [points, gaps, view]);
  const marks = useMemo(() => mergedMarks(alerts, view), [alerts, view]);
  const describe = (timeS: number) => {
    const gap = gaps.find(({ fromS, toS }) => timeS >= fromS && timeS <= toS);
    if (gap) return wordOfGap(gap);
    const point = pointAt(points, gaps, timeS, Math.max(2, (view[1] - view[0]) / 100));
    return point ? rarityInWords(point.returnPeriodS, false, place) : 'not analysed yet';
  };
  return (
    <figure className={classes.timeline} aria-label="Anomaly timeline">
      <figcaption className={classes.caption}>
        <Title order={2} size="h5">
          Timeline
        </Title>
        <span className={classes.legend}>
          <span data-key="threshold">alert threshold</span>
          {gaps.length > 0 && <span data-key="gap">{wordOfGap(gaps[gaps.length - 1])}</span>}
        </span>
        {zoomed && (
          <Button size="compact-sm" variant="subtle" onClick={showAll}>
            Show all
          </Button>
        )}
      </figcaption>
      <div className={classes.plot}>
        <TimelineChart series={series} gaps={gaps} alerts={marks} view={view} newestS={newestS} threshold={threshold} />
        <TimelinePointer view={view} describe={describe} jump={jump} zoom={choose} />
      </div>
      <ZoomSlider view={view} whole={whole} choose={choose} />
    </figure>
  );
}

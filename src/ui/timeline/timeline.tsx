/** The timeline of the session: how rare each moment was; zoomed by dragging or by the two thumbs below. Loaded when needed. */
import { Button, RangeSlider, Title } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import type { TimelineGap, WatchState } from '../../state/watch-store';
import { useJump } from '../stage/stage-context';
import { useSlowWatch, useWatch } from '../watch-context';
import { clock } from '../words/clock';
import { periodOfBudget, rarityInWords, rarityOfPeriod, rarityPlace } from '../words/return-period';
import classes from './timeline.module.css';
import { TimelineChart } from './timeline-chart';
import { TimelinePointer } from './timeline-pointer';
import { pointAt, type Span, timelineSeries, viewOf } from './timeline-series';

/** The chart is redrawn at most so often. */
const REDRAW_MS = 500;

const selectTimeline = (state: WatchState) => state.timeline;

const gapWords: Record<string, string> = {
  hidden: 'paused while hidden',
  stalled: 'the source stalled',
  rebuilding: 'the engine was rebuilt',
  unplugged: 'the camera was gone',
  settling: 'the whole picture changed',
  light: 'the light changed',
  moved: 'the camera was moved',
  covered: 'the lens was covered',
  blurred: 'out of focus',
  frozen: 'the picture stood still',
};

const wordOfGap = ({ why }: TimelineGap) => gapWords[why] ?? 'not analysed';

/** The stretch in view, and ways to change it; a view that ends at the newest moment follows it. */
function useView(whole: Span) {
  const [chosen, setChosen] = useState<{ span: Span; following: boolean } | null>(null);
  const choose = (span: Span) => {
    const everything = span[0] <= whole[0] && span[1] >= whole[1];
    setChosen(everything ? null : { span, following: span[1] >= whole[1] });
  };
  const [fromS, toS] = viewOf(chosen?.span ?? null, chosen?.following ?? false, whole);
  const view = useMemo<Span>(() => [fromS, toS], [fromS, toS]);
  return { view, zoomed: chosen !== null, choose, showAll: () => setChosen(null) };
}

function ZoomSlider({ view, whole, choose }: { view: Span; whole: Span; choose: (view: Span) => void }) {
  return (
    <RangeSlider
      className={classes.zoom}
      size="xs"
      color="gray"
      thumbSize={14}
      value={view}
      min={whole[0]}
      max={whole[1]}
      step={0.5}
      minRange={Math.min(2, (whole[1] - whole[0]) / 2)}
      onChange={choose}
      label={clock}
      thumbFromLabel="Show from"
      thumbToLabel="Show to"
      thumbValueText={clock}
    />
  );
}

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
        <TimelineChart
          series={series}
          gaps={gaps}
          alerts={alerts}
          view={view}
          newestS={newestS}
          threshold={threshold}
        />
        <TimelinePointer view={view} describe={describe} jump={jump} zoom={choose} />
      </div>
      <ZoomSlider view={view} whole={whole} choose={choose} />
    </figure>
  );
}

/** The timeline: how rare each moment was, zoomed by dragging or by the two thumbs below; of a session or of a recording. */
import { Button, Title } from '@mantine/core';
import { type ReactNode, useEffect, useMemo } from 'react';
import type { TimelineGap, TimelinePoint } from '../../state/watch-store';
import { wordOfGap } from '../words/gap';
import { periodOfBudget, type RarityPlace, rarityInWords, rarityOfPeriod } from '../words/return-period';
import classes from './timeline.module.css';
import { TimelineChart } from './timeline-chart';
import { TimelinePointer } from './timeline-pointer';
import { type Mark, mergedMarks, pointAt, type Span, timelineSeries } from './timeline-series';
import { useView } from './use-view';
import { ZoomSlider } from './zoom-slider';

interface TimelineFigureProps {
  points: TimelinePoint[];
  gaps: TimelineGap[];
  marks: readonly Mark[];
  /** Stretches that a search has found. */
  found?: readonly Span[];
  /** All there is to show, and how far of it has been analysed, in seconds. */
  whole: Span;
  newestS: number;
  alertsPerHour: number;
  place?: RarityPlace;
  /** What is said of the hatched parts, and of a moment without a score. */
  gapLegend: string;
  unknown: string;
  jump: (timeS: number) => void;
  wordOfTime?: (timeS: number) => string;
  /** Told which stretch is shown; must stay the same function. */
  onView?: (view: Span) => void;
  /** What can be done with the stretch in view; beside the way back to all. */
  children?: (view: Span) => ReactNode;
}

export function TimelineFigure(props: TimelineFigureProps) {
  const { points, gaps, marks, whole, onView, place, unknown, wordOfTime } = props;
  const { view, zoomed, choose, showAll } = useView(whole);
  useEffect(() => onView?.(view), [onView, view]);
  const series = useMemo(() => timelineSeries(points, gaps, view), [points, gaps, view]);
  const alerts = useMemo(() => mergedMarks(marks, view), [marks, view]);
  const describe = (timeS: number) => {
    const gap = gaps.find(({ fromS, toS }) => timeS >= fromS && timeS <= toS);
    if (gap) return wordOfGap(gap);
    const point = pointAt(points, gaps, timeS, Math.max(2, (view[1] - view[0]) / 100));
    return point ? rarityInWords(point.returnPeriodS, false, place) : unknown;
  };
  return (
    <figure className={classes.timeline} aria-label="Anomaly timeline">
      <figcaption className={classes.caption}>
        <Title order={2} size="h5">
          Timeline
        </Title>
        <span className={classes.legend}>
          <span data-key="threshold">alert threshold</span>
          {gaps.length > 0 && <span data-key="gap">{props.gapLegend}</span>}
          {props.found && props.found.length > 0 && <span data-key="found">in the region</span>}
        </span>
        {zoomed && (
          <Button size="compact-sm" variant="subtle" onClick={showAll}>
            Show all
          </Button>
        )}
        {zoomed && props.children?.(view)}
      </figcaption>
      <div className={classes.plot}>
        <TimelineChart
          {...{ series, gaps, alerts, view, wordOfTime }}
          found={props.found}
          newestS={props.newestS}
          threshold={rarityOfPeriod(periodOfBudget(props.alertsPerHour))}
        />
        <TimelinePointer view={view} describe={describe} jump={props.jump} zoom={choose} wordOfTime={wordOfTime} />
      </div>
      <ZoomSlider view={view} whole={whole} choose={choose} wordOfTime={wordOfTime} />
    </figure>
  );
}

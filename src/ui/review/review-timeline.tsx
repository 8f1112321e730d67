/** The recording's timeline: rarity, events, gaps; zoomed from all of it down to seconds. Loaded when needed. */
import { Button, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo } from 'react';
import type { Stretch } from '../../state/exports';
import type { RecordingRecord } from '../../storage/recording-rows';
import { useReview, useReviewActions } from '../review-context';
import classes from '../timeline/timeline.module.css';
import { TimelineChart } from '../timeline/timeline-chart';
import { TimelinePointer } from '../timeline/timeline-pointer';
import { mergedMarks, pointAt, type Span, timelineSeries } from '../timeline/timeline-series';
import { useView } from '../timeline/use-view';
import { ZoomSlider } from '../timeline/zoom-slider';
import { momentWords } from '../words/event';
import { wordOfGap } from '../words/gap';
import { periodOfBudget, rarityInWords, rarityOfPeriod } from '../words/return-period';

/** Scores are read once the view has rested for so long, in milliseconds. */
const SETTLE_MS = 120;

interface ReviewTimelineProps {
  recording: RecordingRecord;
  /** Told which stretch is shown; must stay the same function. */
  onView: (view: Stretch) => void;
}

export default function ReviewTimeline({ recording, onView }: ReviewTimelineProps) {
  const { id, endS, gaps, source, alertsPerHour } = recording;
  const points = useReview((state) => state.points);
  const events = useReview((state) => state.events);
  const actions = useReviewActions();
  const toS = Math.max(source.durationS ?? 0, endS, 1);
  const whole = useMemo<Span>(() => [0, toS], [toS]);
  const { view, zoomed, choose, showAll } = useView(whole);
  const [settled] = useDebouncedValue(view, SETTLE_MS, { leading: true });
  useEffect(() => onView({ fromS: view[0], toS: view[1] }), [onView, view]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another recording has other points for the same view
  useEffect(() => void actions.setView(...settled), [actions, settled, id]);
  const series = useMemo(() => timelineSeries(points, gaps, view), [points, gaps, view]);
  const marks = useMemo(
    () =>
      mergedMarks(
        events.filter(({ recordingId }) => recordingId === id),
        view,
      ),
    [events, id, view],
  );
  const wordOfTime = useMemo(() => momentWords(recording), [recording]);
  const describe = (timeS: number) => {
    const gap = gaps.find((each) => timeS >= each.fromS && timeS <= each.toS);
    if (gap) return wordOfGap(gap);
    const point = pointAt(points, gaps, timeS, Math.max(2, (view[1] - view[0]) / 100));
    return point ? rarityInWords(point.returnPeriodS) : 'not analysed';
  };
  return (
    <figure className={classes.timeline} aria-label="Anomaly timeline">
      <figcaption className={classes.caption}>
        <Title order={2} size="h5">
          Timeline
        </Title>
        <span className={classes.legend}>
          <span data-key="threshold">alert threshold</span>
          {gaps.length > 0 && <span data-key="gap">not analysed</span>}
        </span>
        {zoomed && (
          <Button size="compact-sm" variant="subtle" onClick={showAll}>
            Show all
          </Button>
        )}
        {zoomed && (
          <Button size="compact-sm" variant="subtle" onClick={() => void actions.markMissed(...view)}>
            You missed this
          </Button>
        )}
      </figcaption>
      <div className={classes.plot}>
        <TimelineChart
          series={series}
          gaps={gaps}
          alerts={marks}
          view={view}
          newestS={endS}
          threshold={rarityOfPeriod(periodOfBudget(alertsPerHour))}
          wordOfTime={wordOfTime}
        />
        <TimelinePointer
          view={view}
          describe={describe}
          jump={(timeS) => void actions.goTo(timeS)}
          zoom={choose}
          wordOfTime={wordOfTime}
        />
      </div>
      <ZoomSlider view={view} whole={whole} choose={choose} wordOfTime={wordOfTime} />
    </figure>
  );
}

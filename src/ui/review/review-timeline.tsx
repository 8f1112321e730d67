/** The recording's timeline: rarity, events, gaps, what a search has found; from all of it down to seconds. Loaded when needed. */
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Stretch } from '../../state/exports';
import type { RecordingRecord } from '../../storage/recording-rows';
import { useReview, useReviewActions } from '../review-context';
import { TimelineFigure } from '../timeline/timeline-figure';
import type { Span } from '../timeline/timeline-series';
import { momentWords } from '../words/event';

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
  const spells = useReview((state) => state.search?.spells);
  const actions = useReviewActions();
  const toS = Math.max(source.durationS ?? 0, endS, 1);
  const whole = useMemo<Span>(() => [0, toS], [toS]);
  const [view, setView] = useState<Span>(whole);
  const [settled] = useDebouncedValue(view, SETTLE_MS, { leading: true });
  const takeView = useCallback(
    (next: Span) => {
      setView(next);
      onView({ fromS: next[0], toS: next[1] });
    },
    [onView],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another recording has other points for the same view
  useEffect(() => void actions.setView(...settled), [actions, settled, id]);
  const marks = useMemo(() => events.filter(({ recordingId }) => recordingId === id), [events, id]);
  const found = useMemo(() => spells?.map((spell): Span => [spell.fromS, spell.toS]), [spells]);
  const wordOfTime = useMemo(() => momentWords(recording), [recording]);
  return (
    <TimelineFigure
      {...{ points, gaps, marks, found, whole, alertsPerHour, wordOfTime }}
      newestS={endS}
      gapLegend="not analysed"
      unknown="not analysed"
      jump={(timeS) => void actions.goTo(timeS)}
      onView={takeView}
    >
      {(inView) => (
        <Button size="compact-sm" variant="subtle" onClick={() => void actions.previewMissed(...inView)}>
          You missed this
        </Button>
      )}
    </TimelineFigure>
  );
}

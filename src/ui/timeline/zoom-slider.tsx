/** The two thumbs below the curve, between which lies what is in view. */
import { RangeSlider } from '@mantine/core';
import { clock } from '../words/clock';
import classes from './timeline.module.css';
import type { Span } from './timeline-series';

interface ZoomSliderProps {
  view: Span;
  whole: Span;
  choose: (view: Span) => void;
  /** A moment in words; the time since the start unless told. */
  wordOfTime?: (timeS: number) => string;
}

export function ZoomSlider({ view, whole, choose, wordOfTime = clock }: ZoomSliderProps) {
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
      label={wordOfTime}
      thumbFromLabel="Show from"
      thumbToLabel="Show to"
      thumbValueText={wordOfTime}
    />
  );
}

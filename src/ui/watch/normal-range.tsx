/** The part of a recording to learn from: two thumbs; the player shows the moment under the moving one. */
import { RangeSlider } from '@mantine/core';
import { useStageStore } from '../stage/stage-context';
import { clock, span } from '../words/clock';
import classes from './watch.module.css';

export type Range = [fromS: number, toS: number];

/** The first two minutes, or half of a shorter recording. */
export const usualRange = (durationS: number): Range => [0, Math.min(120, durationS / 2)];

export function NormalRange(props: { durationS: number; range: Range; onChange: (range: Range) => void }) {
  const { durationS, range, onChange } = props;
  const stage = useStageStore();
  const show = ([fromS, toS]: Range) => {
    const { video } = stage.getState();
    if (video) video.currentTime = fromS === range[0] ? toS : fromS;
    onChange([fromS, toS]);
  };
  return (
    <div className={classes.range}>
      <RangeSlider
        value={range}
        onChange={show}
        min={0}
        max={durationS}
        step={durationS > 600 ? 1 : 0.1}
        minRange={Math.min(1, durationS / 2)}
        label={clock}
        thumbFromLabel="Normal from"
        thumbToLabel="Normal to"
        thumbValueText={clock}
      />
      <span>
        {clock(range[0])} to {clock(range[1])}, {span(range[1] - range[0])}
      </span>
    </div>
  );
}

/** How much each stream or stretch of time counted in the frame on screen: small bars. */
import { useEffect, useState } from 'react';
import type { AttentionBytes } from '../../engine/evidence-bytes';
import { useShownHeat } from './shown-heat';
import classes from './stage.module.css';
import { useStageStore } from './stage-context';

/** The bars change at most so often, so that they can be read. */
const EVERY_MS = 200;

/** The weights of the frame on screen, a few times a second; empty where it came without. */
function useRanges(): AttentionBytes['ranges'] {
  const stage = useStageStore();
  const [ranges, setRanges] = useState<AttentionBytes['ranges']>([]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = () => {
      timer = undefined;
      setRanges(stage.getState().frame?.attention?.ranges ?? []);
    };
    take();
    const unsubscribe = stage.subscribe(() => {
      timer ??= setTimeout(take, EVERY_MS);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [stage]);
  return ranges;
}

export function RangeWeights() {
  const shown = useShownHeat();
  const ranges = useRanges();
  if (shown !== 'attention' || ranges.length === 0) return null;
  return (
    <ul className={classes.ranges} aria-label="Weights of the ranges">
      {ranges.map(({ name, weight }) => (
        <li key={name}>
          {name}
          <span className={classes.weight} aria-hidden>
            <span style={{ width: `${100 * weight}%` }} />
          </span>
          {weight.toFixed(2)}
        </li>
      ))}
    </ul>
  );
}

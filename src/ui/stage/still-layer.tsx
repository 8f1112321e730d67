/** The picture of an earlier alert over a live source, until the user goes back to what is live. */
import { Button } from '@mantine/core';
import { clock } from '../words/clock';
import { reasonsInWords } from '../words/reasons';
import classes from './stage.module.css';
import { useStage, useStageStore } from './stage-context';
import { useBlobUrl } from './use-blob-url';

export function StillLayer() {
  const still = useStage((state) => state.still);
  const stage = useStageStore();
  const url = useBlobUrl(still?.thumbnail ?? null);
  if (!still) return null;
  return (
    <figure className={classes.still}>
      {url && <img src={url} alt={`At ${clock(still.peak.timeS)}`} />}
      <figcaption>
        <span>
          <strong>{clock(still.peak.timeS)}</strong> {reasonsInWords(still.peak)}
        </span>
        <Button size="compact-sm" onClick={() => stage.setState({ still: null })}>
          Back to now
        </Button>
      </figcaption>
    </figure>
  );
}

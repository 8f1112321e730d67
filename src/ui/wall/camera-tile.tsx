/** One camera on the wall: its name and state, its picture with what lies over it, how unusual it is now. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconMaximize, IconX } from '@tabler/icons-react';
import { type CSSProperties, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { SourceInfo } from '../../media/frame';
import { Stage } from '../stage/stage';
import { StageProvider } from '../stage/stage-context';
import { cameraAddress } from '../wall-context';
import { Remarks } from '../watch/remarks';
import { ScoreMeter } from '../watch/score-meter';
import { useWatch } from '../watch-context';
import { cameraName, cameraState, stateWords } from './camera-state';
import { TileLearn, TileLearning } from './tile-learn';
import { TileMessage } from './tile-message';
import { TileStart } from './tile-start';
import classes from './wall.module.css';

interface TileProps {
  place: number;
  /** The keyboard goes on here once the tile is there. */
  takesFocus: boolean;
  remove: () => void;
}

function TileHead({ place, takesFocus, remove }: TileProps) {
  const name = useWatch(cameraName);
  const state = useWatch(cameraState);
  const title = useRef<HTMLHeadingElement>(null);
  const focuses = takesFocus && state === 'empty';
  useEffect(() => {
    if (focuses) title.current?.focus();
  }, [focuses]);
  return (
    <div className={classes.head}>
      <span className={classes.place} aria-hidden>
        {place}
      </span>
      <h2 ref={title} tabIndex={-1} className={classes.name} title={name}>
        {name}
      </h2>
      <span className={classes.state} data-state={state}>
        {stateWords[state]}
      </span>
      <span className={classes.buttons}>
        {state !== 'empty' && (
          <Tooltip label={`Enlarge (${place})`}>
            <ActionIcon
              component={Link}
              href={cameraAddress(place)}
              variant="subtle"
              color="gray"
              aria-label={`Enlarge ${name}`}
            >
              <IconMaximize size={18} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label="Remove">
          <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${name}`} onClick={remove}>
            <IconX size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </span>
    </div>
  );
}

/** The whole picture is a way to the full page for the mouse; the keyboard has the button above. */
function TilePicture({ source, place }: { source: SourceInfo; place: number }) {
  return (
    <div className={classes.picture}>
      <Link href={cameraAddress(place)} className={classes.cover} aria-hidden="true" tabIndex={-1} />
      <Stage source={source} />
    </div>
  );
}

function TileBody({ place }: { place: number }) {
  const phase = useWatch((state) => state.phase);
  const source = useWatch((state) => state.source);
  if (phase === 'empty') return <TileStart />;
  if (!source || phase === 'asking-permission' || phase === 'loading' || phase === 'error') return <TileMessage />;
  return (
    <StageProvider>
      <TilePicture source={source} place={place} />
      <div className={classes.foot}>
        {phase === 'opened' && <TileLearn source={source} place={place} />}
        {phase === 'learning' && <TileLearning />}
        {(phase === 'watching' || phase === 'paused' || phase === 'ended') && <ScoreMeter compact />}
      </div>
    </StageProvider>
  );
}

export function CameraTile(props: TileProps) {
  const { place } = props;
  const name = useWatch(cameraName);
  const state = useWatch(cameraState);
  const ratio = useWatch(({ source }) => (source ? source.width / source.height : 4 / 3));
  return (
    <li>
      <section
        className={classes.tile}
        data-state={state}
        aria-label={`Camera ${place}: ${name}`}
        style={{ '--ratio': ratio } as CSSProperties}
      >
        <TileHead {...props} />
        <Remarks />
        <TileBody place={place} />
      </section>
    </li>
  );
}

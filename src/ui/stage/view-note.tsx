/** Says on the picture when the picture itself is not as learned, and offers to learn it again. */
import { Button } from '@mantine/core';
import {
  IconBlur,
  IconBulb,
  IconCameraOff,
  IconCameraRotate,
  IconHourglass,
  IconMoon,
  IconPlayerPause,
} from '@tabler/icons-react';
import type { SourceInfo } from '../../media/frame';
import type { ViewState } from '../../vision/view-state';
import { useBeginWatching } from '../watch/begin-watching';
import { useActions, useWatch } from '../watch-context';
import { viewInWords } from '../words/view';
import classes from './stage.module.css';
import { useStage } from './stage-context';

/** How long a scene is learned again, in seconds. */
const LEARN_AGAIN_S = 120;

const icons: Record<Exclude<ViewState, 'clear'>, typeof IconBulb> = {
  settling: IconHourglass,
  light: IconBulb,
  moved: IconCameraRotate,
  covered: IconCameraOff,
  blurred: IconBlur,
  frozen: IconPlayerPause,
  night: IconMoon,
};

function LearnAgain() {
  const actions = useActions();
  const beginWatching = useBeginWatching();
  const learn = () => beginWatching(() => actions.learn({ kind: 'live', seconds: LEARN_AGAIN_S }));
  return (
    <Button size="compact-sm" onClick={learn} title="Two minutes of what is normal now; the scene known so far is kept">
      Learn this view
    </Button>
  );
}

export function ViewNote({ source }: { source: SourceInfo }) {
  const view = useStage((state) => state.frame?.moment.view ?? 'clear');
  const watching = useWatch((state) => state.phase === 'watching');
  const words = viewInWords(view);
  const Icon = view === 'clear' ? null : icons[view];
  return (
    <div className={classes.view} role="status" aria-label="View">
      {words && Icon && (
        <div className={classes.viewNote} data-view={view}>
          <Icon size={22} aria-hidden />
          <p>
            <strong>{words.title}</strong> <span>{words.text}</span>
          </p>
          {view === 'moved' && source.live && watching && <LearnAgain />}
        </div>
      )}
    </div>
  );
}

/** In a tile: teach this camera what is normal, or use what was learned of it before; the full page has all choices. */
import { Anchor, Button } from '@mantine/core';
import { Link } from 'wouter';
import { cardOf } from '../../detectors/catalogue';
import type { SourceInfo } from '../../media/frame';
import type { LearnPlan } from '../../worker/protocol';
import { ProgressBar } from '../shell/progress-bar';
import { cameraAddress } from '../wall-context';
import { useBeginWatching } from '../watch/begin-watching';
import { usualRange } from '../watch/normal-range';
import { useActions, useRun, useWatch } from '../watch-context';
import { span, timeLeft } from '../words/clock';
import classes from './wall.module.css';

/** A live source is learned so long unless another length is chosen on its page, in seconds. */
const USUAL_S = 120;

function usualPlan({ durationS }: SourceInfo): LearnPlan {
  if (durationS === null) return { kind: 'live', seconds: USUAL_S };
  const [fromS, toS] = usualRange(durationS);
  return { kind: 'range', fromS, toS };
}

const lengthOf = (plan: LearnPlan) =>
  plan.kind === 'live' ? plan.seconds : plan.kind === 'range' ? plan.toS - plan.fromS : 0;

export function TileLearn({ source, place }: { source: SourceInfo; place: number }) {
  const [newest] = useWatch((state) => state.savedScenes);
  const detector = useWatch((state) => state.detector);
  const actions = useActions();
  const run = useRun();
  const beginWatching = useBeginWatching();
  const plan = usualPlan(source);
  const learn = () => beginWatching(() => actions.learn(plan));
  return (
    <div className={classes.learn}>
      {newest && (
        // biome-ignore lint/correctness/useHookAtTopLevel: an action, not a hook
        <Button size="xs" onClick={() => beginWatching(() => actions.useSavedScene(newest.id))}>
          Use the saved scene
        </Button>
      )}
      <Button size="xs" variant={newest ? 'default' : 'filled'} onClick={learn}>
        Learn this scene ({span(lengthOf(plan))})
      </Button>
      {cardOf(detector).judgesUnlearned && (
        <Button size="xs" variant="default" onClick={() => run(actions.skipLearning())}>
          Skip learning
        </Button>
      )}
      <Anchor component={Link} href={cameraAddress(place)} size="sm">
        All choices
      </Anchor>
    </div>
  );
}

export function TileLearning() {
  const { fraction, remainingS } = useWatch((state) => state.learning);
  const actions = useActions();
  const run = useRun();
  const percent = Math.round(fraction * 100);
  const left = timeLeft(remainingS);
  return (
    <div className={classes.learn}>
      <div className={classes.progress}>
        <ProgressBar label="Learning" percent={percent} words={`${percent} %, ${left}`} />
      </div>
      <span className={classes.left}>{left}</span>
      <Button size="xs" variant="default" onClick={() => run(actions.cancelLearning())}>
        Cancel learning
      </Button>
    </div>
  );
}

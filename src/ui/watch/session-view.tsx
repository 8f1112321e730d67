/** An open source: stage on the left, what belongs to the phase on the right, the engine at the foot. */
import { VisuallyHidden } from '@mantine/core';
import { type CSSProperties, lazy, Suspense } from 'react';
import type { SourceInfo } from '../../media/frame';
import { RulesPanel } from '../rules/rules-panel';
import { AttentionChoice, OverlayControls } from '../stage/overlay-controls';
import { PlayerControls } from '../stage/player-controls';
import { Stage } from '../stage/stage';
import { StageProvider, useStage } from '../stage/stage-context';
import { useActions, useWatch } from '../watch-context';
import { AlertsFeed } from './alerts-feed';
import { AnalysisProgress } from './analysis-progress';
import { EngineStrip } from './engine-strip';
import { LearnPanel } from './learn-panel';
import { LearningPanel } from './learning-panel';
import { ScoreMeter } from './score-meter';
import { Unlearned } from './unlearned';
import { WantedAlert } from './wanted-alert';
import classes from './watch.module.css';

const Timeline = lazy(() => import('../timeline/timeline'));

function Judgement({ source }: { source: SourceInfo }) {
  return (
    <>
      <ScoreMeter />
      <Unlearned />
      <Suspense fallback={<div className={classes.timelineSpace} />}>
        <Timeline durationS={source.durationS} />
      </Suspense>
    </>
  );
}

/** What was unusual, or the rules that say so while they are changed. */
function Judged({ source }: { source: SourceInfo }) {
  const drafting = useStage((state) => state.draft !== null);
  return drafting ? <RulesPanel source={source} /> : <AlertsFeed />;
}

function SidePanel({ source }: { source: SourceInfo }) {
  const phase = useWatch((state) => state.phase);
  if (phase === 'opened') return <LearnPanel source={source} />;
  if (phase === 'learning') return <LearningPanel />;
  return <Judged source={source} />;
}

export function SessionView({ source }: { source: SourceInfo }) {
  const judged = useWatch(({ phase }) => phase === 'watching' || phase === 'paused' || phase === 'ended');
  const playable = useActions().playerUrl() !== null;
  return (
    <StageProvider>
      <div className={classes.session} style={{ '--ratio': source.width / source.height } as CSSProperties}>
        <VisuallyHidden component="h1">{source.name}</VisuallyHidden>
        <section className={classes.view} aria-label="Picture and score">
          <div className={classes.stageSpace}>
            <Stage source={source} />
          </div>
          {(playable || judged) && (
            <div className={classes.controls}>
              {playable && source.durationS !== null && <PlayerControls durationS={source.durationS} />}
              {judged && (
                <OverlayControls>
                  <AttentionChoice />
                </OverlayControls>
              )}
            </div>
          )}
          {judged && <AnalysisProgress />}
          {judged && <Judgement source={source} />}
        </section>
        <aside className={classes.side} aria-label={judged ? 'What was unusual' : 'Learning'}>
          <SidePanel source={source} />
        </aside>
        <EngineStrip />
      </div>
      {/* After the player, which it seeks. */}
      <WantedAlert />
    </StageProvider>
  );
}

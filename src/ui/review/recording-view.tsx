/** The recording on screen: player, event, timeline, export. */
import { Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Stretch } from '../../state/exports';
import { useReview } from '../review-context';
import { OverlayControls } from '../stage/overlay-controls';
import watchClasses from '../watch/watch.module.css';
import { EventPanel } from './event-panel';
import { ExportDialog } from './export-dialog';
import { RecapControls } from './recap-bar';
import { RecapMenu } from './recap-menu';
import classes from './review.module.css';
import { ReviewControls } from './review-controls';
import { ReviewPlayer } from './review-player';

const ReviewTimeline = lazy(() => import('./review-timeline'));

interface RecordingViewProps {
  speed: number;
  setSpeed: (speed: number) => void;
  openKeys: () => void;
  exporting: { opened: boolean; open: () => void; close: () => void };
}

export function RecordingView({ speed, setSpeed, openKeys, exporting }: RecordingViewProps) {
  const recording = useReview((state) => state.recording);
  const recap = useReview((state) => state.recap);
  const [view, setView] = useState<Stretch>({ fromS: 0, toS: 0 });
  if (!recording) {
    return (
      <section className={classes.view} aria-label="Recording">
        <div className={classes.choosePrompt}>
          <Text c="dimmed">Choose an event or a recording, or see the most unusual ones in one reel.</Text>
          <RecapMenu />
        </div>
      </section>
    );
  }
  return (
    <section className={classes.view} aria-label="Recording">
      <div className={watchClasses.stageSpace}>
        <ReviewPlayer recording={recording} speed={speed} />
      </div>
      <div className={watchClasses.controls}>
        {recap ? (
          <RecapControls recap={recap} speed={speed} />
        ) : (
          <ReviewControls speed={speed} setSpeed={setSpeed} openKeys={openKeys} openExport={exporting.open} />
        )}
        <OverlayControls />
      </div>
      <EventPanel />
      <Suspense fallback={<div className={watchClasses.timelineSpace} />}>
        <ReviewTimeline key={recording.id} recording={recording} onView={setView} />
      </Suspense>
      <ExportDialog recording={recording} view={view} opened={exporting.opened} close={exporting.close} />
    </section>
  );
}

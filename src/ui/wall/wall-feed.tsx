/** What was unusual on all cameras, newest first, each with its camera's name; a press enlarges that camera at that moment. */
import { Button, Title, VisuallyHidden } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useStore } from 'zustand';
import type { WallAlert } from '../../state/wall';
import type { AlertEvent } from '../../worker/protocol';
import { useNotices } from '../notices-context';
import { useWallState } from '../wall-context';
import { AlertItem } from '../watch/alert-item';
import feed from '../watch/alerts-feed.module.css';
import { severityWords } from '../words/alert';
import { clock } from '../words/clock';
import { rarityPlace } from '../words/return-period';
import { cameraName } from './camera-state';

/** Alerts shown before "Show older". */
const PAGE = 50;

const timeOfDay: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };

/** Live sources by the time of day, recordings by their own clock. */
function timeOf({ camera, alert, raisedAt }: WallAlert): string {
  const live = camera.store.getState().source?.live ?? true;
  return live ? new Date(raisedAt).toLocaleTimeString(undefined, timeOfDay) : `at ${clock(alert.startS)}`;
}

function FeedItem({ entry }: { entry: WallAlert }) {
  const { camera, alert } = entry;
  const name = useStore(camera.store, cameraName);
  const place = useStore(camera.store, rarityPlace);
  const notices = useNotices();
  const look = useCallback(({ id }: AlertEvent) => notices.want(id), [notices]);
  return <AlertItem alert={alert} place={place} time={timeOf(entry)} camera={name} look={look} />;
}

/** Tells assistive technology about the newest alert, once. */
function Announcement({ newest }: { newest: WallAlert | undefined }) {
  const text = newest
    ? `${severityWords[newest.alert.severity]} on ${cameraName(newest.camera.store.getState())}, ${timeOf(newest)}`
    : '';
  return (
    <VisuallyHidden aria-live="polite" component="p">
      {text}
    </VisuallyHidden>
  );
}

export function WallFeed() {
  const alerts = useWallState((state) => state.alerts);
  const [shown, setShown] = useState(PAGE);
  return (
    <div className={feed.feed}>
      <div className={feed.title}>
        <Title order={2} size="h5">
          Alerts of all cameras
        </Title>
        {alerts.length > 0 && <span className={feed.count}>{alerts.length}</span>}
      </div>
      <Announcement newest={alerts[0]} />
      {alerts.length === 0 && (
        <p className={feed.none}>Nothing unusual yet. Each alert comes with its camera, a picture and the reason.</p>
      )}
      <ul className={feed.list} aria-label="Alerts">
        {alerts.slice(0, shown).map((entry) => (
          <FeedItem key={`${entry.camera.id} ${entry.alert.id}`} entry={entry} />
        ))}
      </ul>
      {alerts.length > shown && (
        <Button variant="subtle" onClick={() => setShown(shown + PAGE)}>
          Show older
        </Button>
      )}
    </div>
  );
}

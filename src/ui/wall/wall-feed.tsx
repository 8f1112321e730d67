/** What was unusual on all cameras, newest first, each with its camera's name; a press enlarges that camera at that moment. */
import { useCallback } from 'react';
import { useStore } from 'zustand';
import type { WallAlert } from '../../state/wall';
import type { AlertEvent } from '../../worker/protocol';
import { useNotices } from '../notices-context';
import { useWallState } from '../wall-context';
import { AlertItem } from '../watch/alert-item';
import { AlertList } from '../watch/alert-list';
import { severityWords } from '../words/alert';
import { clock } from '../words/clock';
import { rarityPlace } from '../words/return-period';
import { cameraName } from './camera-state';

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

const announce = (newest: WallAlert) =>
  `${severityWords[newest.alert.severity]} on ${cameraName(newest.camera.store.getState())}, ${timeOf(newest)}`;

export function WallFeed() {
  const alerts = useWallState((state) => state.alerts);
  return (
    <AlertList
      title="Alerts of all cameras"
      entries={alerts}
      announce={announce}
      none="Nothing unusual yet. Each alert comes with its camera, a picture and the reason."
      item={(entry) => <FeedItem key={`${entry.camera.id} ${entry.alert.id}`} entry={entry} />}
    />
  );
}

/** What was unusual, newest first: picture, time, reason, severity; a press goes there. */
import { useCallback } from 'react';
import type { AlertEvent } from '../../worker/protocol';
import { RulesButtons } from '../rules/rules-buttons';
import { useJump } from '../stage/stage-context';
import { useWatch } from '../watch-context';
import { severityWords } from '../words/alert';
import { clock } from '../words/clock';
import { rarityPlace } from '../words/return-period';
import { AlertItem } from './alert-item';
import { AlertList } from './alert-list';

export function AlertsFeed() {
  const alerts = useWatch((state) => state.alerts);
  const jump = useJump();
  const place = useWatch(rarityPlace);
  const look = useCallback(({ peak }: AlertEvent) => jump(peak.timeS), [jump]);
  return (
    <AlertList
      title="Alerts"
      buttons={<RulesButtons />}
      entries={alerts.toSorted((a, b) => b.startS - a.startS)}
      announce={({ severity, startS }) => `${severityWords[severity]} at ${clock(startS)}`}
      none="Nothing unusual yet. Each alert comes with a picture, the time and the reason."
      item={(alert) => <AlertItem key={alert.id} alert={alert} place={place} time={clock(alert.startS)} look={look} />}
    />
  );
}

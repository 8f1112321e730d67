/** What was unusual, newest first: picture, time, reason, severity; a press goes there. */
import { Button, Title, VisuallyHidden } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { AlertEvent } from '../../worker/protocol';
import { RulesButtons } from '../rules/rules-buttons';
import { useJump } from '../stage/stage-context';
import { useWatch } from '../watch-context';
import { severityWords } from '../words/alert';
import { clock } from '../words/clock';
import { rarityPlace } from '../words/return-period';
import { AlertItem } from './alert-item';
import classes from './alerts-feed.module.css';

/** Alerts shown before "Show older". */
const PAGE = 50;

/** Tells assistive technology about the newest alert, once. */
function Announcement({ newest }: { newest: AlertEvent | undefined }) {
  const text = newest ? `${severityWords[newest.severity]} at ${clock(newest.startS)}` : '';
  return (
    <VisuallyHidden aria-live="polite" component="p">
      {text}
    </VisuallyHidden>
  );
}

export function AlertsFeed() {
  const alerts = useWatch((state) => state.alerts);
  const jump = useJump();
  const place = useWatch(rarityPlace);
  const look = useCallback(({ peak }: AlertEvent) => jump(peak.timeS), [jump]);
  const [shown, setShown] = useState(PAGE);
  const newestFirst = alerts.toSorted((a, b) => b.startS - a.startS);
  return (
    <div className={classes.feed}>
      <div className={classes.title}>
        <Title order={2} size="h5">
          Alerts
        </Title>
        {alerts.length > 0 && <span className={classes.count}>{alerts.length}</span>}
        <span className={classes.buttons}>
          <RulesButtons />
        </span>
      </div>
      <Announcement newest={newestFirst[0]} />
      {alerts.length === 0 && (
        <p className={classes.none}>Nothing unusual yet. Each alert comes with a picture, the time and the reason.</p>
      )}
      <ul className={classes.list} aria-label="Alerts">
        {newestFirst.slice(0, shown).map((alert) => (
          <AlertItem key={alert.id} alert={alert} place={place} time={clock(alert.startS)} look={look} />
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

/** What was unusual, newest first: picture, time, reason, severity; a press goes there. */
import { Button, Title, VisuallyHidden } from '@mantine/core';
import { memo, useState } from 'react';
import type { AlertEvent } from '../../worker/protocol';
import { RulesButtons } from '../rules/rules-buttons';
import { useJump } from '../stage/stage-context';
import { useBlobUrl } from '../stage/use-blob-url';
import { useWatch } from '../watch-context';
import { alertInWords, severityWords } from '../words/alert';
import { clock } from '../words/clock';
import { rarityInWords, rarityPlace } from '../words/return-period';
import classes from './alerts-feed.module.css';

/** Alerts shown before "Show older". */
const PAGE = 50;

const AlertItem = memo(function AlertItem({ alert, jump }: { alert: AlertEvent; jump: (timeS: number) => void }) {
  const url = useBlobUrl(alert.thumbnail);
  const place = useWatch(rarityPlace);
  const { kind, zone, peak, severity, endS, startS } = alert;
  return (
    <li>
      <button type="button" className={classes.alert} data-alert={alert.id} onClick={() => jump(peak.timeS)}>
        <span className={classes.thumbnail}>{url && <img src={url} alt="" />}</span>
        <span className={classes.body}>
          <span className={classes.head}>
            <span className={classes.severity} data-severity={severity}>
              {severityWords[severity]}
            </span>
            <time>{clock(startS)}</time>
            {zone && <span className={classes.zone}>{zone.name}</span>}
            {endS === null && <span className={classes.now}>now</span>}
          </span>
          <span className={classes.reason}>{alertInWords(alert)}</span>
          {kind === 'unusual' && (
            <span className={classes.rarity}>{rarityInWords(peak.returnPeriodS, peak.extrapolated, place)}</span>
          )}
        </span>
      </button>
    </li>
  );
});

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
          <AlertItem key={alert.id} alert={alert} jump={jump} />
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

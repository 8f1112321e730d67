/** One alert in a list: picture, time, reason, severity; a press goes there. */
import { memo } from 'react';
import type { AlertEvent } from '../../worker/protocol';
import { useBlobUrl } from '../stage/use-blob-url';
import { alertInWords, severityWords } from '../words/alert';
import { type RarityPlace, rarityInWords } from '../words/return-period';
import classes from './alerts-feed.module.css';

interface AlertItemProps {
  alert: AlertEvent;
  place: RarityPlace;
  /** When it began, as the list tells time. */
  time: string;
  /** Whose it is, where the list has those of several cameras. */
  camera?: string;
  look: (alert: AlertEvent) => void;
}

export const AlertItem = memo(function AlertItem({ alert, place, time, camera, look }: AlertItemProps) {
  const url = useBlobUrl(alert.thumbnail);
  const { kind, zone, peak, severity, endS } = alert;
  return (
    <li>
      <button type="button" className={classes.alert} data-alert={alert.id} onClick={() => look(alert)}>
        <span className={classes.thumbnail}>{url && <img src={url} alt="" />}</span>
        <span className={classes.body}>
          <span className={classes.head}>
            <span className={classes.severity} data-severity={severity}>
              {severityWords[severity]}
            </span>
            <time>{time}</time>
            {zone && <span className={classes.zone}>{zone.name}</span>}
            {endS === null && <span className={classes.now}>now</span>}
          </span>
          {camera && <span className={classes.camera}>{camera}</span>}
          <span className={classes.reason}>{alertInWords(alert)}</span>
          {kind === 'unusual' && (
            <span className={classes.rarity}>{rarityInWords(peak.returnPeriodS, peak.extrapolated, place)}</span>
          )}
        </span>
      </button>
    </li>
  );
});

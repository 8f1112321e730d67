/** A list of alerts, newest first: a title with their number, the newest told to assistive technology, older ones on demand. */
import { Button, Title, VisuallyHidden } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import classes from './alerts-feed.module.css';

/** Alerts shown before "Show older". */
const PAGE = 50;

export interface AlertListProps<Entry> {
  title: string;
  /** Beside the title. */
  buttons?: ReactNode;
  /** Newest first. */
  entries: readonly Entry[];
  /** The newest entry in words. */
  announce(newest: Entry): string;
  /** What stands there while there is none. */
  none: string;
  item(entry: Entry): ReactNode;
}

export function AlertList<Entry>({ title, buttons, entries, announce, none, item }: AlertListProps<Entry>) {
  const [shown, setShown] = useState(PAGE);
  return (
    <div className={classes.feed}>
      <div className={classes.title}>
        <Title order={2} size="h5">
          {title}
        </Title>
        {entries.length > 0 && <span className={classes.count}>{entries.length}</span>}
        {buttons && <span className={classes.buttons}>{buttons}</span>}
      </div>
      <VisuallyHidden aria-live="polite" component="p">
        {entries.length > 0 ? announce(entries[0]) : ''}
      </VisuallyHidden>
      {entries.length === 0 && <p className={classes.none}>{none}</p>}
      <ul className={classes.list} aria-label="Alerts">
        {entries.slice(0, shown).map(item)}
      </ul>
      {entries.length > shown && (
        <Button variant="subtle" onClick={() => setShown(shown + PAGE)}>
          Show older
        </Button>
      )}
    </div>
  );
}

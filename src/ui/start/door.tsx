/** One way in: a card with a picture, a sentence and its buttons. */
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './start.module.css';

export function Door(props: { icon: Icon; title: string; text: string; children: ReactNode }) {
  return (
    <li className={classes.door}>
      <props.icon size={28} stroke={1.5} className={classes.doorIcon} aria-hidden />
      <h2 className={classes.doorTitle}>{props.title}</h2>
      <p className={classes.doorText}>{props.text}</p>
      <div className={classes.doorActions}>{props.children}</div>
    </li>
  );
}

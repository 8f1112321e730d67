/** A screen with one thing to say: icon, title, sentence, what can be done. */
import { Text, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './watch.module.css';

export function CentreScreen(props: { icon: Icon; title: string; text: ReactNode; children?: ReactNode }) {
  return (
    <div className={classes.centre}>
      <props.icon size={40} stroke={1.4} className={classes.centreIcon} aria-hidden />
      <Title order={1} size="h3">
        {props.title}
      </Title>
      <Text c="dimmed" className={classes.centreText}>
        {props.text}
      </Text>
      {props.children}
    </div>
  );
}

/** The first impression: what Oriel does in one line, three ways in, the promise. */
import { Text, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { CrowdPicture } from './crowd-picture';
import { DemoDoor } from './demo-door';
import classes from './start.module.css';
import { VideoDoor } from './video-door';
import { WebcamDoor } from './webcam-door';

const DropAnywhere = lazy(() => import('./drop-anywhere'));

export function StartPage() {
  return (
    <div className={classes.page}>
      <div className={classes.hero}>
        <div>
          <Title order={1} className={classes.title}>
            Sees what does not belong
          </Title>
          <Text className={classes.lead}>
            Oriel watches a camera or a recording, learns what is normal there, and shows you what is unusual: where,
            when and why.
          </Text>
        </div>
        <CrowdPicture />
      </div>
      <ul className={classes.doors} aria-label="Ways to begin">
        <WebcamDoor />
        <VideoDoor />
        <DemoDoor />
      </ul>
      <p className={classes.promise}>
        <IconLock size={18} stroke={1.7} aria-hidden />
        <span>
          <strong>Nothing leaves this tab.</strong> No server, no upload, no account: every picture, and what is learned
          from it, stays on this device.
        </span>
      </p>
      <Suspense fallback={null}>
        <DropAnywhere />
      </Suspense>
    </div>
  );
}

/** The whole page takes dropped videos and folders; loaded after the first paint. */
import { Dropzone } from '@mantine/dropzone';
import '@mantine/dropzone/styles.layer.css';
import { Text } from '@mantine/core';
import { useActions, useRun } from '../watch-context';
import { openFiles } from './open-files';
import classes from './start.module.css';

export default function DropAnywhere() {
  const actions = useActions();
  const run = useRun();
  return (
    <Dropzone.FullScreen
      active
      withinPortal={false}
      inputProps={{ 'aria-label': 'Drop a video or a folder of images', tabIndex: -1 }}
      onDrop={(files) => run(openFiles(files, actions))}
      classNames={{ fullScreen: classes.drop, inner: classes.dropInner }}
    >
      <Text fz="h2" fw={600}>
        Drop it here
      </Text>
      <Text c="dimmed">A video, or a folder of numbered images</Text>
    </Dropzone.FullScreen>
  );
}

/** Begin with a recording: a video file or a folder of numbered images. */
import { Button, FileButton } from '@mantine/core';
import { IconFolder, IconMovie } from '@tabler/icons-react';
import { useRef } from 'react';
import { useActions, useRun } from '../watch-context';
import { Door } from './door';
import { openFiles } from './open-files';

function FolderButton() {
  const input = useRef<HTMLInputElement>(null);
  const actions = useActions();
  const run = useRun();
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        {...{ webkitdirectory: '' }}
        onChange={(event) => {
          const files = Array.from(event.currentTarget.files ?? []);
          event.currentTarget.value = '';
          run(openFiles(files, actions));
        }}
      />
      <Button fullWidth variant="subtle" leftSection={<IconFolder size={16} />} onClick={() => input.current?.click()}>
        Open a folder of images
      </Button>
    </>
  );
}

export function VideoButtons() {
  const actions = useActions();
  const run = useRun();
  return (
    <>
      <FileButton accept="video/*,.mkv" onChange={(file) => file && run(actions.openVideo(file))}>
        {(props) => (
          <Button {...props} fullWidth variant="default">
            Open video
          </Button>
        )}
      </FileButton>
      <FolderButton />
    </>
  );
}

export function VideoDoor() {
  return (
    <Door
      icon={IconMovie}
      title="Review a recording"
      text="Choose a video, or drop one anywhere on this page. A folder of numbered images works too."
    >
      <VideoButtons />
    </Door>
  );
}

/** The whole workspace as one file, and back. */
import { Button, FileButton, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useReviewActions } from '../review-context';
import classes from './review.module.css';

export function WorkspaceFiles() {
  const { exports } = useReviewActions();
  const [problem, setProblem] = useState<string | null>(null);
  const attempt = async (work: () => Promise<string>) => {
    setProblem(null);
    try {
      notifications.show({ title: 'Workspace', message: await work(), color: 'oriel' });
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const save = async () => {
    await exports.saveWorkspace();
    return 'It is in your downloads folder.';
  };
  const open = async (file: File) => {
    const { recordings, events } = await exports.openWorkspace(file);
    return `${recordings} recordings and ${events} events were added.`;
  };
  return (
    <div className={classes.storage}>
      <Text size="xs" c="dimmed">
        Scenes, rules, recordings’ scores, events and labels as one file; video stays on this device.
      </Text>
      <Group gap="xs">
        <Button size="xs" variant="default" leftSection={<IconDownload size={15} />} onClick={() => void attempt(save)}>
          Save workspace
        </Button>
        <FileButton accept=".oriel" onChange={(file) => file && void attempt(() => open(file))}>
          {(props) => (
            <Button {...props} size="xs" variant="default" leftSection={<IconUpload size={15} />}>
              Open workspace
            </Button>
          )}
        </FileButton>
      </Group>
      {problem && (
        <Text size="sm" c="var(--critical)" role="alert">
          {problem}
        </Text>
      )}
    </div>
  );
}

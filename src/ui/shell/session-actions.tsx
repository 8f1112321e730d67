/** What can be done with an open session: watch another camera beside it, export its report, stop it. */
import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBraces, IconDownload, IconLayoutGridAdd, IconPlayerStop, IconTable } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { useCameras, useWall } from '../wall-context';
import { useActions, useRun, useWatch } from '../watch-context';
import classes from './shell.module.css';

const reportFormats = [
  { format: 'json', name: 'JSON', hint: 'everything: frames, events, calibration', Icon: IconBraces },
  { format: 'csv', name: 'CSV', hint: 'one line per analysed frame', Icon: IconTable },
] as const;

function ExportMenu() {
  const actions = useActions();
  const run = useRun();
  const save = async (format: 'json' | 'csv') => {
    await actions.exportReport(format);
    notifications.show({ title: 'Report saved', message: 'It is in your downloads folder.', color: 'oriel' });
  };
  return (
    <Menu position="bottom-end" shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconDownload size={16} />}
          className={classes.compact}
          aria-label="Export report"
        >
          <span className={classes.compactLabel}>Export report</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {reportFormats.map(({ format, name, hint, Icon }) => (
          <Menu.Item key={format} leftSection={<Icon size={16} />} onClick={() => run(save(format))}>
            {name}: {hint}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** From the only camera to the wall; there, the wall itself offers more. */
function AddCamera() {
  const wall = useWall();
  const { length } = useCameras();
  const [, navigate] = useLocation();
  const add = () => {
    wall.add();
    navigate('/');
  };
  if (length > 1) return null;
  return (
    <Button
      variant="default"
      size="sm"
      leftSection={<IconLayoutGridAdd size={16} />}
      className={classes.compact}
      aria-label="Add a camera"
      onClick={add}
    >
      <span className={classes.compactLabel}>Add a camera</span>
    </Button>
  );
}

export function SessionActions() {
  const phase = useWatch((state) => state.phase);
  const actions = useActions();
  const run = useRun();
  const judged = phase === 'watching' || phase === 'paused' || phase === 'ended';
  if (phase === 'empty' || phase === 'error' || phase === 'asking-permission') return null;
  return (
    <>
      <AddCamera />
      {judged && <ExportMenu />}
      <Button
        variant="default"
        size="sm"
        leftSection={<IconPlayerStop size={16} />}
        className={classes.compact}
        onClick={() => run(actions.stop())}
        aria-label={phase === 'ended' ? 'Close' : 'Stop'}
      >
        <span className={classes.compactLabel}>{phase === 'ended' ? 'Close' : 'Stop'}</span>
      </Button>
    </>
  );
}

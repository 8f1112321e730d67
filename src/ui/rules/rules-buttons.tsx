/** Beside the alerts: change the rules, or have no alerts for a while. */
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconBellZ, IconFilterCog } from '@tabler/icons-react';
import { useActions, useRun, useWatch } from '../watch-context';
import { clock } from '../words/clock';
import { useDraft } from './use-draft';

const lengths = [
  { seconds: 900, label: 'for 15 minutes' },
  { seconds: 3600, label: 'for an hour' },
  { seconds: 8 * 3600, label: 'for 8 hours' },
];

function SnoozeMenu() {
  const actions = useActions();
  const run = useRun();
  const zones = useWatch((state) => state.sceneRules.zones);
  const nowS = useWatch((state) => state.timeline.at(-1)?.timeS ?? 0);
  const snoozes = useWatch((state) => state.snoozes);
  const running = snoozes.filter(({ untilS }) => untilS > nowS);
  const nameOf = (zoneId: string | null) => zones.find(({ id }) => id === zoneId)?.name ?? 'all alerts';
  const places = [{ id: null, name: 'all alerts' }, ...zones.filter(({ kind }) => kind === 'watch')];
  return (
    <Menu position="bottom-end" shadow="md" withinPortal={false}>
      <Menu.Target>
        <ActionIcon
          variant={running.length ? 'light' : 'subtle'}
          color={running.length ? undefined : 'gray'}
          size="lg"
          aria-label="Snooze"
          title="Snooze"
        >
          <IconBellZ size={20} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {running.map(({ zoneId, untilS }) => (
          <Menu.Item key={zoneId} onClick={() => run(actions.snooze(zoneId, 0))}>
            Wake {nameOf(zoneId)} (silent until {clock(untilS)})
          </Menu.Item>
        ))}
        {places.flatMap(({ id, name }) =>
          lengths.map(({ seconds, label }) => (
            <Menu.Item key={`${id} ${seconds}`} onClick={() => run(actions.snooze(id, seconds))}>
              Silence {name} {label}
            </Menu.Item>
          )),
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

export function RulesButtons() {
  const { begin } = useDraft();
  const live = useWatch((state) => state.source?.live === true && state.phase !== 'ended');
  return (
    <>
      {live && <SnoozeMenu />}
      <Tooltip label="Alert rules and zones">
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Alert rules" onClick={begin}>
          <IconFilterCog size={20} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

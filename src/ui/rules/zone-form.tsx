/** One zone: its name, what it does, how sensitive it is and when it is watched. */
import { Button, Chip, Group, Select, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { Schedule } from '../../alerts/schedule';
import type { Zone } from '../../alerts/zone';
import classes from './rules.module.css';
import { SensitivitySelect } from './sensitivity-select';

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const allWeek: Schedule = { days: [0, 1, 2, 3, 4, 5, 6], fromMinute: 22 * 60, toMinute: 6 * 60 };

const timeOf = (minute: number) =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

function ScheduleForm({ schedule, change }: { schedule: Schedule; change: (schedule: Schedule) => void }) {
  const time = (name: 'fromMinute' | 'toMinute', label: string) => (
    <TextInput
      type="time"
      label={label}
      value={timeOf(schedule[name])}
      onChange={({ currentTarget }) =>
        currentTarget.value && change({ ...schedule, [name]: minuteOf(currentTarget.value) })
      }
    />
  );
  return (
    <>
      <Chip.Group
        multiple
        value={schedule.days.map(String)}
        onChange={(chosen) => change({ ...schedule, days: chosen.map(Number) })}
      >
        <Group gap={4} role="group" aria-label="Days">
          {days.map((day, index) => (
            <Chip key={day} value={String(index)} size="xs">
              {day}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <div className={classes.pair}>
        {time('fromMinute', 'From')}
        {time('toMinute', 'Until')}
      </div>
    </>
  );
}

export function ZoneForm(props: { zone: Zone; change: (changes: Partial<Zone>) => void; remove: () => void }) {
  const { zone, change, remove } = props;
  return (
    <div className={classes.zone}>
      <TextInput
        label="Name"
        value={zone.name}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
      />
      {zone.kind === 'watch' && (
        <>
          <SensitivitySelect
            label="Sensitivity"
            value={zone.sensitivity}
            change={(sensitivity) => change({ sensitivity })}
          />
          <Select
            label="When"
            allowDeselect={false}
            data={[
              { value: 'always', label: 'Always' },
              { value: 'hours', label: 'On certain days and hours' },
            ]}
            value={zone.schedule ? 'hours' : 'always'}
            onChange={(value) => change({ schedule: value === 'hours' ? allWeek : null })}
          />
          {zone.schedule && <ScheduleForm schedule={zone.schedule} change={(schedule) => change({ schedule })} />}
        </>
      )}
      <Button variant="subtle" color="red" leftSection={<IconTrash size={16} />} onClick={remove}>
        Remove {zone.name}
      </Button>
    </div>
  );
}

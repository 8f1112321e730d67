/** What the user is told of outside of the page, and what to do where the browser does not allow it. */
import { SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import type { NoticeSettings } from '../../alerts/notice-desk';
import type { NoticePermission } from '../../state/system-notifications';
import { useNotices, useNoticesState } from '../notices-context';
import { useRun } from '../watch-context';
import { severityWords } from '../words/alert';

const times = [
  { value: 'off', label: 'Off' },
  { value: 'hidden', label: 'While hidden' },
  { value: 'always', label: 'Always' },
];
const tiers = Object.entries(severityWords).map(([value, label]) => ({ value, label }));

/** Why there are no notifications; null where there can be. */
const obstacles: Record<NoticePermission, string | null> = {
  unasked: null,
  granted: null,
  unanswered: 'The browser’s question was closed without an answer. Choose again, and it asks once more.',
  refused:
    'Your browser blocks notifications from this page. Allow them in its settings for this site, beside the address, then choose again.',
  unsupported:
    'This browser shows no notifications of pages; on a phone or tablet, add Oriel to the home screen first. Sound and the count in the tab’s title work here too.',
};

const explanations: Record<NoticeSettings['show'], string> = {
  off: 'The tab’s title still counts the alerts that you have not seen.',
  hidden: 'With picture and reason, while you look at another tab or window. Pressing one leads to the alert.',
  always: 'With picture and reason, for each alert. Pressing one leads to it.',
};

export function NoticeSettingsForm() {
  const { show, sound, from } = useNoticesState((state) => state.settings);
  const permission = useNoticesState((state) => state.permission);
  const notices = useNotices();
  const run = useRun();
  const choose = (changes: Partial<NoticeSettings>) => run(notices.choose(changes));
  const obstacle = obstacles[permission];
  return (
    <Stack gap="sm">
      <SegmentedControl
        fullWidth
        aria-label="Notifications"
        value={show}
        disabled={permission === 'unsupported'}
        onChange={(value) => choose({ show: value as NoticeSettings['show'] })}
        data={times}
      />
      <Text size="sm" c={obstacle ? 'var(--warning)' : 'dimmed'} role="status">
        {obstacle ?? explanations[show]}
      </Text>
      <Switch
        label="Sound"
        description="A short tone whenever an alert begins"
        checked={sound}
        onChange={(event) => choose({ sound: event.currentTarget.checked })}
      />
      <div>
        <Text size="sm" mb={5}>
          Tell me of alerts from
        </Text>
        <SegmentedControl
          fullWidth
          aria-label="Tell me of alerts from"
          value={from}
          onChange={(value) => choose({ from: value as NoticeSettings['from'] })}
          data={tiers}
        />
        <Text size="xs" c="dimmed" mt={5}>
          Less grave ones are only listed.
        </Text>
      </div>
    </Stack>
  );
}

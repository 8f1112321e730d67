/** What is kept as video, how much space it takes, and how much it may. */
import { NativeSelect, Text } from '@mantine/core';
import { useReview, useReviewActions } from '../review-context';
import { ProgressBar } from '../shell/progress-bar';
import { bytesInWords } from '../words/bytes';
import classes from './review.module.css';

const GB = 1024 ** 3;
const limits = [GB / 4, GB, 2 * GB, 5 * GB, 10 * GB, 25 * GB];
const keeps = [
  { value: 'events', label: 'Video around alerts' },
  { value: 'all', label: 'All video' },
  { value: 'none', label: 'No video' },
];

export function StoragePanel() {
  const { bytes, limitBytes, keep } = useReview((state) => state.footage);
  const { setFootage } = useReviewActions();
  const words = `${bytesInWords(bytes)} of ${bytesInWords(limitBytes)}`;
  const choices = limits.includes(limitBytes) ? limits : [...limits, limitBytes].sort((a, b) => a - b);
  return (
    <div className={classes.storage}>
      <div className={classes.storageHead}>
        <Text size="sm">Video on this device</Text>
        <Text size="sm" c="dimmed">
          {words}
        </Text>
      </div>
      <ProgressBar
        label="Space for video"
        percent={Math.min(100, (100 * bytes) / limitBytes)}
        words={words}
        size="sm"
      />
      <div className={classes.filters}>
        <NativeSelect
          size="xs"
          label="Live sources"
          value={keep}
          onChange={({ currentTarget }) => void setFootage({ keep: currentTarget.value as typeof keep })}
          data={keeps}
        />
        <NativeSelect
          size="xs"
          label="At most"
          value={limitBytes}
          onChange={({ currentTarget }) => void setFootage({ limitBytes: Number(currentTarget.value) })}
          data={choices.map((limit) => ({ value: String(limit), label: bytesInWords(limit) }))}
        />
      </div>
      <Text size="xs" c="dimmed">
        When it is full, the oldest video goes first; that of kept events stays. A change of what is kept holds from the
        next time you watch.
      </Text>
    </div>
  );
}

/** A progress bar that says in words how far it is. */
import { type MantineSize, Progress } from '@mantine/core';

/** `percent` 0…100; `words` are read out in its place: '37 %, 76 s left'. */
export function ProgressBar(props: { label: string; percent: number; words: string; size?: MantineSize }) {
  const { label, percent, words, size = 'md' } = props;
  return (
    <Progress.Root size={size} flex={1}>
      <Progress.Section
        value={percent}
        withAria={false}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(percent)}
        aria-valuetext={words}
      />
    </Progress.Root>
  );
}

/** Says that no scene is learned: what is called unusual is so by what the detector learned in advance. */
import { Text } from '@mantine/core';
import { cardOf } from '../../detectors/catalogue';
import { useWatch } from '../watch-context';

export function Unlearned() {
  const learned = useWatch((state) => state.scene !== null);
  const title = useWatch((state) => cardOf(state.judgedBy ?? state.detector).title);
  if (learned) return null;
  return (
    <Text size="sm" c="dimmed">
      No scene is learned: only what {title} learned in advance counts. Stop and learn this scene to make it sharper.
    </Text>
  );
}

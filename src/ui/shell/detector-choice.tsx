/** Which detector judges: all of them with what they do, for the settings; a short list where a scene is to be learned. */
import { Anchor, NativeSelect, Radio, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { cardOf, catalogue, type DetectorName } from '../../detectors/catalogue';
import { useActions, useRun, useWatch } from '../watch-context';

/** The choice, and why it cannot be changed now; null where it can. */
function useDetectorChoice() {
  const name = useWatch((state) => state.detector);
  const busy = useWatch(({ phase }) => phase === 'loading' || phase === 'asking-permission');
  const actions = useActions();
  const run = useRun();
  return { name, busy, choose: (chosen: string) => run(actions.chooseDetector(chosen as DetectorName)) };
}

/** What choosing another one does now. */
function useConsequence(): string {
  const phase = useWatch((state) => state.phase);
  if (phase === 'loading' || phase === 'asking-permission') return 'Can be changed once the source is open.';
  if (phase === 'watching' || phase === 'paused')
    return 'Another detector starts anew: with its own scene of this source, or by learning one.';
  return 'Each detector learns scenes of its own. Your choice is remembered.';
}

export function DetectorChoice() {
  const { name, busy, choose } = useDetectorChoice();
  const consequence = useConsequence();
  return (
    <Radio.Group aria-label="Detector" value={name} onChange={choose}>
      <Stack gap="sm">
        {catalogue.map((card) => (
          <Radio
            key={card.name}
            value={card.name}
            label={card.title}
            description={card.summary}
            disabled={busy}
            styles={{ description: { lineHeight: 1.45 } }}
          />
        ))}
        <Text size="sm" c="dimmed">
          {consequence}{' '}
          <Anchor component={Link} href="/models" inherit underline="always">
            More about the models
          </Anchor>
        </Text>
      </Stack>
    </Radio.Group>
  );
}

export function DetectorSelect() {
  const { name, busy, choose } = useDetectorChoice();
  return (
    <NativeSelect
      label="Detector"
      description={cardOf(name).summary}
      inputWrapperOrder={['label', 'input', 'description']}
      value={name}
      disabled={busy}
      onChange={(event) => choose(event.currentTarget.value)}
      data={catalogue.map((card) => ({ value: card.name, label: card.title }))}
    />
  );
}

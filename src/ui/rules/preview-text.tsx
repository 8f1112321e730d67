/** What the changed rules would have done in this session. */
import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { RulesPreview } from '../../state/alert-control';
import type { RulesDraft } from '../stage/stage-context';
import { useActions } from '../watch-context';
import { span } from '../words/clock';

/** The replay waits until nothing has been changed for so long. */
const WAIT_MS = 250;
/** … and is done again as the session grows. */
const AGAIN_MS = 5000;

const alerts = (count: number) => (count === 1 ? '1 alert' : `${count} alerts`);

function inWords({ before, after, durationS }: RulesPreview): string {
  if (durationS < 1) return 'Nothing has been watched yet to try these rules on.';
  const seen = `In the ${span(Math.round(durationS))} watched so far`;
  if (before === after) return `${seen} these rules raise ${alerts(after)}, as before.`;
  return `${seen} these rules would have raised ${after} instead of ${alerts(before)}.`;
}

export function PreviewText({ draft }: { draft: RulesDraft }) {
  const actions = useActions();
  const [text, setText] = useState('Trying these rules…');
  useEffect(() => {
    const look = () => {
      try {
        setText(inWords(actions.previewRules(draft)));
      } catch (error) {
        setText((error as Error).message);
      }
    };
    const first = setTimeout(look, WAIT_MS);
    const again = setInterval(look, AGAIN_MS);
    return () => {
      clearTimeout(first);
      clearInterval(again);
    };
  }, [actions, draft]);
  return (
    <Text size="sm" role="status" aria-label="Preview">
      {text}
    </Text>
  );
}

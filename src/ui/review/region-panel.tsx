/** What was unusual in the region drawn on the picture: strongest first; a press plays it. */
import { Text } from '@mantine/core';
import { useEffect } from 'react';
import type { RecordingRecord } from '../../storage/recording-rows';
import type { RegionSpell } from '../../storage/region-search';
import { useReview, useReviewActions } from '../review-context';
import { ProgressBar } from '../shell/progress-bar';
import { span } from '../words/clock';
import { momentWords } from '../words/event';
import { spellInWords } from '../words/reasons';
import classes from './region-panel.module.css';

/** Strength at which the bar is full: evidence is not told apart beyond it. */
const FULL = 2;

function Spell({ spell, recording, current }: { spell: RegionSpell; recording: RecordingRecord; current: boolean }) {
  const { search } = useReviewActions();
  const { fromS, toS, strength } = spell;
  return (
    <li>
      <button type="button" className={classes.spell} aria-current={current} onClick={() => void search.show(spell)}>
        <span className={classes.head}>
          <time>{momentWords(recording)(fromS)}</time>
          <span>{span(Math.max(1, toS - fromS))}</span>
          <span
            className={classes.strength}
            role="img"
            aria-label={`${strength.toFixed(1)} times what raises an alert`}
          >
            <span style={{ width: `${Math.min(100, (100 * strength) / FULL)}%` }} />
          </span>
        </span>
        <span className={classes.reason}>{spellInWords(spell)}</span>
      </button>
    </li>
  );
}

const times = (count: number) => (count === 0 ? 'Nothing unusual there.' : count === 1 ? 'Once.' : `${count} times.`);

/** Begins the search when it is shown, and ends it when it goes. */
export function RegionPanel() {
  const recording = useReview((state) => state.recording);
  const found = useReview((state) => state.search);
  const atS = useReview((state) => state.atS);
  const { search } = useReviewActions();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a recording chosen meanwhile is searched too
  useEffect(() => search.open(), [search, recording?.id]);
  useEffect(() => () => search.close(), [search]);
  if (!recording || !found) return <p className={classes.intro}>Choose an event or a recording to search in.</p>;
  const { fraction, spells } = found;
  return (
    <>
      <div className={classes.intro}>
        <Text size="sm" c="dimmed">
          When was it unusual there? Drag the corners on the picture, or move them with the arrow keys; a press beside
          them adds one, Delete removes one.
        </Text>
        {fraction < 1 && (
          <div>
            <ProgressBar label="Searching" percent={100 * fraction} words={`${Math.round(100 * fraction)} %`} />
          </div>
        )}
        <Text size="sm" role="status" aria-label="Found">
          {fraction < 1 ? '' : times(spells.length)}
        </Text>
      </div>
      <ul className={classes.spells} aria-label="Unusual in the region">
        {spells.map((spell) => (
          <Spell
            key={spell.fromS}
            spell={spell}
            recording={recording}
            current={atS >= spell.fromS - 3 && atS <= spell.toS}
          />
        ))}
      </ul>
    </>
  );
}

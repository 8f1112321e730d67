/** What narrows the list of events. */
import { Button, NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import { type EventFilter, filterChoices, noFilter } from '../../state/event-filter';
import { useReview, useReviewActions } from '../review-context';
import { wordOfCue } from '../words/cue';
import classes from './review.module.css';

const states = [
  { value: 'all', label: 'All events' },
  { value: 'unread', label: 'Not reviewed' },
  { value: 'reviewed', label: 'Reviewed' },
  { value: 'true', label: 'True' },
  { value: 'normal', label: 'Normal here' },
  { value: 'missed', label: 'Missed' },
  { value: 'kept', label: 'Kept' },
];
const DAY_MS = 86_400_000;
const spells = [
  { value: '', label: 'Any time' },
  { value: String(DAY_MS / 24), label: 'Last hour' },
  { value: String(DAY_MS), label: 'Last 24 hours' },
  { value: String(7 * DAY_MS), label: 'Last 7 days' },
];

const ANY = '';

/** One of the values, or any. Not shown where there is nothing to choose from. */
function Choice(props: {
  label: string;
  any: string;
  values: string[];
  value: string | null;
  name?: (value: string) => string;
  onChoose: (value: string | null) => void;
}) {
  const { label, any, values, value, name = (each) => each, onChoose } = props;
  if (values.length < 2 && value === null) return null;
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      value={value ?? ANY}
      onChange={({ currentTarget }) => onChoose(currentTarget.value || null)}
      data={[{ value: ANY, label: any }, ...values.map((each) => ({ value: each, label: name(each) }))]}
    />
  );
}

export function EventFilters() {
  const events = useReview((state) => state.events);
  const filter = useReview((state) => state.filter);
  const recording = useReview((state) => state.recording);
  const { setFilter } = useReviewActions();
  const { cues, zones, detectors } = useMemo(() => filterChoices(events), [events]);
  const isNarrowed = Object.keys(noFilter).some(
    (key) => filter[key as keyof EventFilter] !== noFilter[key as keyof EventFilter],
  );
  return (
    <div className={classes.filters}>
      <NativeSelect
        size="xs"
        aria-label="State"
        value={filter.state}
        onChange={({ currentTarget }) => setFilter({ state: currentTarget.value as EventFilter['state'] })}
        data={states}
      />
      <NativeSelect
        size="xs"
        aria-label="Time"
        value={filter.withinMs ?? ''}
        onChange={({ currentTarget }) => setFilter({ withinMs: Number(currentTarget.value) || null })}
        data={spells}
      />
      <Choice
        label="Reason"
        any="Any reason"
        values={cues}
        value={filter.cue}
        name={wordOfCue}
        onChoose={(cue) => setFilter({ cue })}
      />
      <Choice label="Zone" any="Any zone" values={zones} value={filter.zone} onChoose={(zone) => setFilter({ zone })} />
      <Choice
        label="Detector"
        any="Any detector"
        values={detectors}
        value={filter.detector}
        onChoose={(detector) => setFilter({ detector })}
      />
      {recording && (
        <NativeSelect
          size="xs"
          aria-label="Recording"
          value={filter.recordingId ? 'this' : ''}
          onChange={({ currentTarget }) => setFilter({ recordingId: currentTarget.value ? recording.id : null })}
          data={[
            { value: '', label: 'All recordings' },
            { value: 'this', label: 'This recording' },
          ]}
        />
      )}
      {isNarrowed && (
        <Button size="compact-xs" variant="subtle" onClick={() => setFilter(noFilter)}>
          Clear filters
        </Button>
      )}
    </div>
  );
}

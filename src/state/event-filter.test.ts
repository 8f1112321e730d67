import { expect, it } from 'vitest';
import { eventIn } from '../storage/events.fixture';
import { filterChoices, filteredEvents, noFilter } from './event-filter';

const events = [
  eventIn('a', '1', { cues: ['speed', 'look'], at: 1000 }),
  eventIn('a', '2', { reviewed: true, verdict: 'true', zone: 'Gate', at: 2000 }),
  eventIn('b', '3', { origin: 'missed', kept: true, detector: 'stadnet', cues: [], at: 3000 }),
];
const passing = (change: Partial<typeof noFilter>) =>
  filteredEvents(events, { ...noFilter, ...change }, 3500).map(({ id }) => id);

it('shows what was asked for, in the order given', () => {
  expect(passing({})).toEqual(['1', '2', '3']);
  expect(passing({ state: 'unread' })).toEqual(['1', '3']);
  expect(passing({ state: 'true' })).toEqual(['2']);
  expect(passing({ state: 'missed' })).toEqual(['3']);
  expect(passing({ state: 'kept' })).toEqual(['3']);
  expect(passing({ cue: 'look' })).toEqual(['1']);
  expect(passing({ zone: 'Gate' })).toEqual(['2']);
  expect(passing({ detector: 'hybrid', cue: 'speed' })).toEqual(['1', '2']);
  expect(passing({ recordingId: 'b' })).toEqual(['3']);
  expect(passing({ withinMs: 1600 })).toEqual(['2', '3']);
});

it('offers what there is, each once', () => {
  expect(filterChoices(events)).toEqual({ cues: ['look', 'speed'], zones: ['Gate'], detectors: ['hybrid', 'stadnet'] });
});

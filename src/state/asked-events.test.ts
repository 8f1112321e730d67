import { describe, expect, it } from 'vitest';
import { eventIn } from '../storage/events.fixture';
import type { EventRecord } from '../storage/recording-rows';
import { askedEvents } from './asked-events';

const recordings = [{ id: 'r', alertsPerHour: 1 }];
const event = (id: string, change: Partial<EventRecord> = {}) => eventIn('r', id, { returnPeriodS: 3700, ...change });
const asked = (events: EventRecord[], most?: number) => askedEvents(events, recordings, most).map(({ id }) => id);

describe('the events that are asked about', () => {
  it('are those nearest to the threshold while nothing has been judged', () => {
    const events = [
      event('sure', { returnPeriodS: 400_000, cues: ['look'] }),
      event('near', { returnPeriodS: 3800, cues: ['speed'] }),
      event('nearer', { returnPeriodS: 3620, cues: ['dwell'] }),
    ];
    expect(asked(events)).toEqual(['nearer', 'near', 'sure']);
    expect(asked(events, 1)).toEqual(['nearer']);
  });

  it('are unlike what was judged before', () => {
    const judged = [1, 2, 3].map((number) => event(`told ${number}`, { verdict: 'normal', cues: ['speed'] }));
    const events = [event('like them', { cues: ['speed'] }), event('new', { cues: ['class'] }), ...judged];
    expect(asked(events, 1)).toEqual(['new']);
  });

  it('are those of whose like both was said', () => {
    const said = (cue: string, verdicts: EventRecord['verdict'][]) =>
      verdicts.map((verdict, index) => event(`${cue} ${index}`, { verdict, cues: [cue], returnPeriodS: 20_000 }));
    const events = [
      event('clear', { cues: ['speed'], returnPeriodS: 20_000 }),
      event('disputed', { cues: ['dwell'], returnPeriodS: 20_000 }),
      ...said('speed', ['true', 'true', 'true', 'true']),
      ...said('dwell', ['true', 'normal', 'normal', 'true']),
    ];
    expect(asked(events, 1)).toEqual(['disputed']);
  });

  it('are not all of one kind', () => {
    const twins = [1, 2, 3].map((number) => event(`twin ${number}`, { cues: ['speed'] }));
    expect(asked([...twins, event('other', { cues: ['place'], returnPeriodS: 30_000 })], 2)).toEqual([
      'twin 1',
      'other',
    ]);
  });

  it('have no verdict yet, are over, and were raised by the rules about something in the picture', () => {
    const events = [
      event('judged', { verdict: 'true' }),
      event('missed', { origin: 'missed' }),
      event('covered', { kind: 'covered' }),
      event('going on', { endS: null }),
    ];
    expect(asked(events)).toEqual([]);
  });
});

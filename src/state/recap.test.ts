import { describe, expect, it } from 'vitest';
import { eventIn } from '../storage/events.fixture';
import { recapDays, recapEvents, recapParts } from './recap';

const at = (id: string, startS: number, change = {}) =>
  eventIn('r', id, { startS, endS: startS + 4, peakS: startS + 1, at: 1e12 + startS * 1000, ...change });
const ids = (parts: { eventId: string }[]) => parts.map(({ eventId }) => eventId);

describe('a recap', () => {
  const events = [
    at('rare', 100, { severity: 'warning', returnPeriodS: 9000 }),
    at('rarest', 300, { severity: 'warning', returnPeriodS: 90_000 }),
    at('grave', 500, { severity: 'critical', returnPeriodS: 50 }),
    at('true', 700, { severity: 'notice', verdict: 'true', returnPeriodS: 20 }),
  ];

  it('shows the gravest first and then the rarest, or the same in order of time', () => {
    expect(ids(recapParts(events, 'unusual'))).toEqual(['grave', 'true', 'rarest', 'rare']);
    expect(ids(recapParts(events, 'time', 3))).toEqual(['rarest', 'grave', 'true']);
  });

  it('plays each with two seconds before and after, but never before the recording', () => {
    expect(recapParts([at('a', 100)], 'time')).toEqual([{ eventId: 'a', fromS: 98, toS: 106 }]);
    expect(recapParts([at('a', 1)], 'time')).toEqual([{ eventId: 'a', fromS: 0, toS: 7 }]);
  });

  it('plays twelve seconds around the peak of a long one', () => {
    const long = at('long', 100, { endS: 400, peakS: 250 });
    expect(recapParts([long], 'time')).toEqual([{ eventId: 'long', fromS: 244, toS: 256 }]);
    const late = at('late', 100, { endS: 400, peakS: 399 });
    expect(recapParts([late], 'time')[0]).toMatchObject({ fromS: 390, toS: 402 });
  });

  it('leaves out what another one of the same recording shows, and what was called normal', () => {
    const twin = at('twin', 302, { returnPeriodS: 10 });
    const elsewhere = eventIn('other', 'elsewhere', { startS: 302, endS: 304, peakS: 303 });
    const normal = at('normal', 900, { verdict: 'normal' });
    const all = [...events, twin, elsewhere, normal];
    expect(ids(recapParts(recapEvents(all, { recordingId: 'r' }), 'time'))).toEqual([
      'rare',
      'rarest',
      'grave',
      'true',
    ]);
    expect(ids(recapParts([...events, elsewhere], 'unusual'))).toContain('elsewhere');
  });
});

describe('the days', () => {
  const noon = new Date(2026, 0, 5, 12).getTime();
  const events = [
    at('a', 0, { at: noon }),
    at('b', 0, { at: noon + 3600e3 }),
    at('c', 0, { at: noon + 86_400e3 }),
    at('d', 0, { at: noon + 2 * 86_400e3, verdict: 'normal' }),
  ];

  it('are those with something to show, newest first', () => {
    expect(recapDays(events)).toEqual([
      { day: new Date(2026, 0, 6).getTime(), count: 1 },
      { day: new Date(2026, 0, 5).getTime(), count: 2 },
    ]);
    expect(recapDays(events, 1)).toHaveLength(1);
  });

  it('hold the events of their hours', () => {
    expect(recapEvents(events, { day: new Date(2026, 0, 5).getTime() }).map(({ id }) => id)).toEqual(['a', 'b']);
  });
});

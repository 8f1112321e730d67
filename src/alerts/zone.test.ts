import { describe, expect, it } from 'vitest';
import { replayAlerts } from './alert-rules';
import type { AlertOptions } from './alert-settings';
import type { Moment, ObservedObject } from './moment';
import { holds, minuteOfWeek, type Schedule } from './schedule';
import { contains, type Zone } from './zone';

const square = (x: number, y: number, size: number) => [
  { x, y },
  { x: x + size, y },
  { x: x + size, y: y + size },
  { x, y: y + size },
];

const zone = (id: string, x: number, change: Partial<Zone> = {}): Zone => ({
  id,
  name: `Zone ${id}`,
  kind: 'watch',
  points: square(x, 0, 100),
  sensitivity: 1,
  schedule: null,
  ...change,
});

const thing = (trackId: number, x: number, returnPeriodS: number, raw = 5): ObservedObject => ({
  trackId,
  x0: x - 10,
  y0: 20,
  x1: x + 10,
  y1: 60,
  raw,
  returnPeriodS,
  label: 'person',
  reasons: [],
});

/** Five seconds in which these things are there. */
const moments = (objects: ObservedObject[], change: Partial<Moment> = {}): Moment[] =>
  Array.from({ length: 50 }, (_, index) => ({
    timeS: index / 10,
    raw: 5,
    returnPeriodS: Math.max(0, ...objects.map(({ returnPeriodS = 0 }) => returnPeriodS)),
    score: 0,
    extrapolated: false,
    reasons: [],
    objects,
    ...change,
  }));

const zonesOf = (options: Partial<AlertOptions>, given = moments([thing(1, 50, 4000)])) =>
  replayAlerts(given, options).map((alert) => alert.zone?.name ?? null);

describe('zones', () => {
  it('an alert names the zone where the thing stands, and none outside of all', () => {
    expect(zonesOf({ zones: [zone('a', 0), zone('b', 200)] })).toEqual(['Zone a']);
    expect(zonesOf({ zones: [zone('b', 200)] })).toEqual([null]);
    expect(zonesOf({ zones: [zone('b', 200)], outside: false })).toEqual([]);
  });

  it('a thing that the lower edge of the picture cuts off is in the zone that goes down to it', () => {
    const cut = { ...thing(1, 50, 4000), y1: 100 };
    expect(zonesOf({ zones: [zone('a', 0)] }, moments([cut]))).toEqual(['Zone a']);
    expect(zonesOf({ zones: [zone('a', 0, { kind: 'ignore' })] }, moments([cut]))).toEqual([]);
  });

  it('raises an alert in each zone in which something is rare by itself, not in one where it is ordinary', () => {
    const both = moments([thing(1, 50, 4000), thing(2, 250, 3700, 4), thing(3, 450, 100, 1)]);
    const zones = [zone('a', 0), zone('b', 200), zone('c', 400)];
    expect(zonesOf({ zones }, both).sort()).toEqual(['Zone a', 'Zone b']);
  });

  it('ignores what stands in a place to ignore, even where zones overlap, and still sees what stands beside it', () => {
    const zones = [zone('a', 0), zone('street', 0, { kind: 'ignore' })];
    expect(zonesOf({ zones })).toEqual([]);
    expect(zonesOf({ zones }, moments([thing(1, 50, 9000), thing(2, 250, 4000, 4)]))).toEqual([null]);
  });

  it('goes by the feet of a thing and by the centre of a moving region', () => {
    const low = zone('low', 0, { points: square(0, 50, 100) });
    expect(zonesOf({ zones: [low] })).toEqual(['Zone low']);
    expect(zonesOf({ zones: [low] }, moments([{ ...thing(-1, 50, 4000), label: 'motion' }]))).toEqual([null]);
  });

  it('what no thing explains counts where the evidence is strongest', () => {
    const unexplained = moments([], { returnPeriodS: 4000, place: { x: 250, y: 30 } });
    expect(zonesOf({ zones: [zone('a', 0), zone('b', 200)] }, unexplained)).toEqual(['Zone b']);
    expect(zonesOf({ zones: [zone('a', 0)] }, moments([], { returnPeriodS: 4000 }))).toEqual([null]);
  });

  it('each has its own sensitivity, in the threshold and in the severity', () => {
    expect(zonesOf({ zones: [zone('a', 0, { sensitivity: 0.5 })] })).toEqual([]);
    const slight = moments([thing(1, 50, 1000)]);
    expect(zonesOf({}, slight)).toEqual([]);
    const [alert] = replayAlerts(slight, { zones: [zone('a', 0, { sensitivity: 15 })] });
    expect(alert).toMatchObject({ zone: { id: 'a' }, severity: 'warning', peak: { returnPeriodS: 1000 } });
  });

  it('is watched by its schedule; a recording, which has no clock, always', () => {
    const schedule: Schedule = { days: [0], fromMinute: 600, toMinute: 720 };
    const zones = [zone('a', 0, { schedule })];
    const at = (localMinute?: number) => zonesOf({ zones }, moments([thing(1, 50, 4000)], { localMinute }));
    expect([at(599), at(600), at(719), at(720), at(1440 + 650), at()]).toEqual([
      [],
      ['Zone a'],
      ['Zone a'],
      [],
      [],
      ['Zone a'],
    ]);
  });

  it('is silent while it is snoozed, and others are not', () => {
    const zones = [zone('a', 0), zone('b', 200)];
    const both = moments([thing(1, 50, 4000), thing(2, 250, 3700, 4)]);
    const snooze = (zoneId: string | null) => ({ zones, snoozes: [{ zoneId, fromS: 0, untilS: 60 }] });
    expect(zonesOf(snooze('a'), both)).toEqual(['Zone b']);
    expect(zonesOf(snooze(null), both)).toEqual([]);
    const passed = replayAlerts(both, { zones, snoozes: [{ zoneId: 'a', fromS: 0, untilS: 2 }] });
    expect(passed.find(({ zone: where }) => where?.id === 'a')?.startS).toBe(2);
  });

  it('refuses what cannot be, with a sentence', () => {
    expect(() => replayAlerts([], { zones: [zone('a', 0, { points: square(0, 0, 9).slice(2) })] })).toThrow(
      '2 corners',
    );
    expect(() => replayAlerts([], { zones: [zone('a', 0, { sensitivity: 0 })] })).toThrow('sensitivity of 0');
    expect(() => replayAlerts([], { warningTimes: 9, criticalTimes: 4 })).toThrow('in this order');
    expect(() => replayAlerts([], { cooldownS: -1 })).toThrow('-1 seconds');
  });
});

it('a polygon may be concave', () => {
  const arrow = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 5, y: 5 },
    { x: 10, y: 10 },
    { x: 0, y: 10 },
  ];
  expect([contains(arrow, { x: 2, y: 5 }), contains(arrow, { x: 8, y: 5 }), contains(arrow, { x: 8, y: 1 })]).toEqual([
    true,
    false,
    true,
  ]);
});

describe('schedule', () => {
  it('may last past midnight, from Sunday into Monday too', () => {
    const night: Schedule = { days: [4, 6], fromMinute: 1320, toMinute: 360 };
    const minutes = { friday22: 4 * 1440 + 1320, saturday5: 5 * 1440 + 300, saturday22: 5 * 1440 + 1320, monday5: 300 };
    expect(Object.values(minutes).map((minute) => holds(night, minute))).toEqual([true, true, false, true]);
  });

  it('reads the minute of the week off a date', () => {
    expect(minuteOfWeek(new Date(2025, 5, 16, 0, 0))).toBe(0);
    expect(minuteOfWeek(new Date(2025, 5, 22, 23, 59))).toBe(10_079);
  });
});

import { describe, expect, it } from 'vitest';
import { replayAlerts } from './alert-rules';
import { type AlertOptions, defaultAlertOptions } from './alert-settings';
import type { Moment } from './moment';
import { sensitivityNeeded, withSensitivity } from './sensitivity-needed';
import type { Zone } from './zone';

/** Ten moments a second, each as rare as told, with a thing at x. */
const footage = (lengthS: number, rarity: (timeS: number) => number, x = 50): Moment[] =>
  Array.from({ length: lengthS * 10 }, (_, index) => {
    const timeS = index / 10;
    const returnPeriodS = rarity(timeS);
    const thing = { trackId: 1, label: 'person', raw: 3, returnPeriodS, reasons: [], x0: x, y0: 10, x1: x + 4, y1: 20 };
    return {
      ...{ timeS, raw: 3, returnPeriodS, score: 0.5, extrapolated: false, reasons: [] },
      objects: returnPeriodS > 10 ? [thing] : [],
    };
  });
const options: AlertOptions = { ...defaultAlertOptions, perHour: 1 };
const zoneOf = (id: string, x0: number, x1: number, sensitivity: number): Zone => ({
  ...{ id, name: id, kind: 'watch', sensitivity, schedule: null },
  points: [
    { x: x0, y: 0 },
    { x: x1, y: 0 },
    { x: x1, y: 100 },
    { x: x0, y: 100 },
  ],
});
const missed = { fromS: 20, toS: 24 };
const rareFor = (periodS: number) => (timeS: number) => (timeS >= 20 && timeS < 24 ? periodS : 2);

describe('the sensitivity that a missed stretch needed', () => {
  it('is what makes its rarest lasting moment rarer than the threshold', () => {
    const moments = footage(40, rareFor(900));
    const need = sensitivityNeeded(moments, options, missed);
    expect(need).toMatchObject({ zone: null, present: 1 });
    expect(need?.times).toBeCloseTo(4, 0);
    const after = withSensitivity(options, null, need!.needed);
    expect(replayAlerts(moments, options)).toEqual([]);
    expect(replayAlerts(moments, after)).toHaveLength(1);
    expect(replayAlerts(moments, withSensitivity(options, null, need!.needed * 0.95))).toEqual([]);
  });

  it('does not go by a flash, but by what lasts within the hysteresis of four', () => {
    const flash = footage(40, (timeS) => (timeS === 22 ? 3000 : rareFor(100)(timeS)));
    expect(sensitivityNeeded(flash, options, missed)?.times).toBeCloseTo(9, 0);
  });

  it('is that of the zone where it happened', () => {
    const zones = [zoneOf('door', 40, 60, 0.5), zoneOf('road', 60, 90, 1)];
    const need = sensitivityNeeded(footage(40, rareFor(900)), { ...options, zones }, missed);
    expect(need).toMatchObject({ zone: { id: 'door', name: 'door' }, present: 0.5 });
    expect(need?.needed).toBeCloseTo(4, 0);
    const { zones: after } = withSensitivity({ ...options, zones }, 'door', need!.needed);
    expect(after.map(({ sensitivity }) => sensitivity)).toEqual([need!.needed, 1]);
  });

  it('is the present one where that raises an alert already', () => {
    expect(sensitivityNeeded(footage(40, rareFor(9000)), options, missed)).toMatchObject({ times: 1, needed: 1 });
  });

  it('is none where what happened is ordinary, or elsewhere in time, or in no watched part', () => {
    expect(sensitivityNeeded(footage(40, rareFor(20)), options, missed)).toBeNull();
    expect(sensitivityNeeded(footage(60, rareFor(900)), options, { fromS: 40, toS: 50 })).toBeNull();
    const zones = [zoneOf('road', 60, 90, 1)];
    expect(sensitivityNeeded(footage(40, rareFor(900)), { ...options, zones, outside: false }, missed)).toBeNull();
  });
});

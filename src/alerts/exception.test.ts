import { describe, expect, it } from 'vitest';
import { replayAlerts } from './alert-rules';
import { exceptionsIn, isExcused, momentWithout } from './exception';
import type { Moment, ObservedObject } from './moment';

const thing = (x: number, change: Partial<ObservedObject> = {}): ObservedObject => ({
  ...{ trackId: 1, label: 'truck', raw: 8, x0: x, y0: 100, x1: x + 60, y1: 150, returnPeriodS: 9000 },
  reasons: [{ cue: 'class', text: 'looks like a truck', weight: 3 }],
  ...change,
});
const moment = (timeS: number, objects: ObservedObject[], returnPeriodS = 9000): Moment => ({
  ...{ timeS, raw: 8, returnPeriodS, score: 0.8, extrapolated: false, reasons: [], objects },
});
/** A truck drives through for four seconds, from `startS`. */
const drive = (startS: number, change: Partial<ObservedObject> = {}) =>
  Array.from({ length: 40 }, (_, index) => moment(startS + index / 10, [thing(index * 8, change)]));
/** Quiet until the next. */
const quiet = (startS: number, seconds: number) =>
  Array.from({ length: seconds * 10 }, (_, index) => moment(startS + index / 10, [], 1));

const exceptions = exceptionsIn(drive(0));

describe('what is normal here', () => {
  it('raises no alert when it comes again, and all else still does', () => {
    const day = [...quiet(0, 10), ...drive(10), ...quiet(14, 10), ...drive(24, { label: 'dog' }), ...quiet(28, 5)];
    expect(replayAlerts(day)).toHaveLength(2);
    expect(replayAlerts(day, { exceptions })).toMatchObject([{ startS: 24, peak: { objects: [{ label: 'dog' }] } }]);
  });

  it('is not excused elsewhere, of another size, for another reason, or much more unusual', () => {
    expect(isExcused(thing(100), exceptions)).toBe(true);
    expect(isExcused(thing(900), exceptions)).toBe(false);
    expect(isExcused(thing(100, { y0: 0 }), exceptions)).toBe(false);
    expect(isExcused(thing(100, { raw: 20 }), exceptions)).toBe(false);
    const fast = [{ cue: 'speed', text: 'fast', weight: 3 }];
    expect(isExcused(thing(100, { reasons: fast }), exceptions)).toBe(false);
    const hardlyFast = [...thing(0).reasons, { cue: 'speed', text: 'fast', weight: 0.2 }];
    expect(isExcused(thing(100, { reasons: hardlyFast }), exceptions)).toBe(true);
  });

  it('leaves a moment as rare as the rarest of the rest', () => {
    const dog = thing(700, { trackId: 2, label: 'dog', raw: 4, returnPeriodS: 500 });
    const both = moment(0, [thing(100), dog]);
    expect(momentWithout(both, exceptions)).toMatchObject({ returnPeriodS: 500, objects: [{ label: 'dog' }] });
    expect(momentWithout(moment(0, [thing(100)]), exceptions)).toMatchObject({ returnPeriodS: 0, objects: [] });
    const elsewhere = { ...both, place: { x: 710, y: 120 } };
    expect(momentWithout(elsewhere, exceptions).returnPeriodS).toBe(9000);
  });

  it('may be a place where no thing was made out', () => {
    const flicker = (timeS: number, x: number): Moment => ({ ...moment(timeS, []), place: { x, y: 50 } });
    const seen = exceptionsIn([flicker(0, 200)]);
    expect(momentWithout(flicker(1, 210), seen).returnPeriodS).toBe(0);
    expect(momentWithout(flicker(1, 400), seen).returnPeriodS).toBe(9000);
  });

  it('is kept in at most sixty sights of an event', () => {
    const long = Array.from({ length: 500 }, (_, index) =>
      moment(index / 10, [thing(index), thing(0, { raw: 1, returnPeriodS: 5 })]),
    );
    const kept = exceptionsIn(long);
    expect(kept).toHaveLength(60);
    expect(kept.every(({ raw }) => raw === 8)).toBe(true);
    expect(kept[59].box.x0).toBeGreaterThan(480);
  });
});

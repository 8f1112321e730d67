import { describe, expect, it } from 'vitest';
import type { ViewState } from '../vision/view-state';
import { createAlertRules, replayAlerts, severityOf } from './alert-rules';
import type { Moment, ObservedObject } from './moment';

const moment = (timeS: number, returnPeriodS: number): Moment => ({
  timeS,
  raw: returnPeriodS,
  returnPeriodS,
  score: 0,
  extrapolated: false,
  reasons: [],
  objects: [],
});

/** Ten moments a second; `rare` gives the return period at each time. */
const series = (seconds: number, period: (timeS: number) => number) =>
  Array.from({ length: seconds * 10 }, (_, index) => moment(index / 10, period(index / 10)));

const within = (timeS: number, from: number, to: number) => timeS >= from && timeS < to;

const thing = (trackId: number, x: number, raw = 5): ObservedObject => ({
  trackId,
  x0: x,
  y0: 0,
  x1: x + 20,
  y1: 40,
  raw,
  label: 'person',
  reasons: [],
});

describe('alert rules', () => {
  it('turns a run of rare moments into one alert with start, end and peak', () => {
    const [alert, ...others] = replayAlerts(series(20, (t) => (within(t, 5, 8) ? (t === 6 ? 9000 : 4000) : 10)));
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ startS: 5, endS: 7.9, severity: 'notice' });
    expect(alert.peak.timeS).toBe(6);
  });

  it('ignores a blink shorter than the minimum duration', () => {
    expect(replayAlerts(series(20, (t) => (within(t, 5, 5.2) ? 1e6 : 10)))).toEqual([]);
  });

  it('does not flicker: a dip above the hysteresis, or shorter than the release, keeps the alert open', () => {
    expect(replayAlerts(series(20, (t) => (within(t, 5, 9) ? (within(t, 6, 8) ? 1000 : 4000) : 10)))).toHaveLength(1);
    expect(replayAlerts(series(20, (t) => (within(t, 5, 9) && !within(t, 6, 6.8) ? 4000 : 10)))).toHaveLength(1);
  });

  it('reopens the alert when it goes on within the cooldown, and raises a new one after it', () => {
    const again = (gap: number) =>
      replayAlerts(series(40, (t) => (within(t, 5, 6) || within(t, 6 + gap, 8 + gap) ? 4000 : 10)));
    expect(again(3)).toMatchObject([{ startS: 5, endS: 10.9 }]);
    expect(again(8)).toMatchObject([{ startS: 5 }, { startS: 14 }]);
  });

  it('follows the budget: the rarer false alarms may be, the rarer a moment must be', () => {
    const moments = series(20, (t) => (within(t, 5, 8) ? 4000 : 10));
    expect(replayAlerts(moments, { perHour: 1 })).toHaveLength(1);
    expect(replayAlerts(moments, { perHour: 0.5 })).toHaveLength(0);
    expect(() => createAlertRules({ perHour: 0 })).toThrow('budget of 0');
  });

  it('grades by how much rarer than the threshold the peak is', () => {
    expect([3600, 5 * 3600, 30 * 3600].map((period) => severityOf(period, 1))).toEqual([
      'notice',
      'warning',
      'critical',
    ]);
  });

  it('reports an open alert at once and closes it when the source ends', () => {
    const rules = createAlertRules();
    const changes = series(3, () => 4000).map((each) => rules.step(each));
    expect(changes.flat()).toMatchObject([{ startS: 0, endS: null }]);
    expect(rules.finish()).toMatchObject([{ startS: 0, endS: 2.9 }]);
    expect(rules.finish()).toEqual([]);
  });

  it('is about one thing: another one elsewhere, when the first is gone, is another alert', () => {
    const two = (x: number, trackId: number) =>
      series(20, (t) => (within(t, 5, 13) ? 4000 : 10)).map((each) => ({
        ...each,
        objects: each.timeS < 9 ? [thing(1, 100)] : [thing(trackId, x)],
      }));
    expect(replayAlerts(two(400, 2))).toMatchObject([
      { startS: 5, endS: 8.9 },
      { startS: 10, endS: 12.9 },
    ]);
    expect(replayAlerts(two(110, 2))).toMatchObject([{ startS: 5, endS: 12.9 }]);
    expect(replayAlerts(two(400, 1))).toMatchObject([{ startS: 5, endS: 12.9 }]);
  });

  it('stays one alert while several things are unusual at once, whichever is the most', () => {
    const crowd = series(20, (t) => (within(t, 5, 13) ? 4000 : 10)).map((each, index) => ({
      ...each,
      objects: [thing(1, 100, 4), thing(2, 400, index % 2 ? 3 : 5)],
    }));
    expect(replayAlerts(crowd)).toHaveLength(1);
  });

  it('a thing elsewhere within the cooldown does not reopen the alert that closed', () => {
    const moments = series(20, (t) => (within(t, 5, 6) || within(t, 9, 11) ? 4000 : 10)).map((each) => ({
      ...each,
      objects: each.timeS < 8 ? [thing(1, 100)] : [thing(2, 400)],
    }));
    expect(replayAlerts(moments)).toHaveLength(2);
  });
});

describe('time that is not as it should be', () => {
  const at = (times: number[], period = 4000) => times.map((timeS) => moment(timeS, period));
  const second = (from: number) => Array.from({ length: 11 }, (_, index) => from + index / 10);

  it('ends an alert before a gap that nobody watched, and counts what comes after it anew', () => {
    expect(replayAlerts(at([...second(5), ...second(600)]))).toMatchObject([
      { startS: 5, endS: 6 },
      { startS: 600, endS: 601 },
    ]);
  });

  it('takes no gap for an alert: two rare moments with an hour of sleep between them are two blinks', () => {
    expect(replayAlerts(at([5, 3605]))).toEqual([]);
    expect(replayAlerts(at([5, 3605]), { gapS: Number.POSITIVE_INFINITY })).toHaveLength(1);
  });

  it('begins anew where the clock jumps back', () => {
    expect(replayAlerts(at([...second(100), ...second(3)]))).toMatchObject([
      { startS: 3, endS: 4 },
      { startS: 100, endS: 101 },
    ]);
  });
});

describe('the picture as a whole', () => {
  const seen = (view: (timeS: number) => ViewState | undefined, period = 4000) =>
    series(20, () => period).map((each) => ({ ...each, view: view(each.timeS) }));

  it.each(['settling', 'light', 'moved', 'blurred'] as const)('nothing is called unusual while it is %s', (view) => {
    expect(replayAlerts(seen(() => view))).toEqual([]);
  });

  it('judges by night', () => expect(replayAlerts(seen(() => 'night'))).toHaveLength(1));

  it.each(['covered', 'frozen'] as const)('%s is an alert of its own kind, critical, once', (view) => {
    const alerts = replayAlerts(seen((t) => (within(t, 5, 9) || within(t, 10, 12) ? view : undefined), 10));
    expect(alerts).toMatchObject([{ kind: view, severity: 'critical', zone: null, startS: 5, endS: 11.9 }]);
  });

  it('covered after frozen is another alert', () => {
    const alerts = replayAlerts(seen((t) => (t < 5 ? 'frozen' : t < 10 ? 'covered' : 'clear'), 10));
    expect(alerts).toMatchObject([
      { kind: 'frozen', startS: 0, endS: 4.9 },
      { kind: 'covered', startS: 5, endS: 9.9 },
    ]);
  });
});

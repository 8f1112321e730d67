import { describe, expect, it } from 'vitest';
import type { ObservedFrame } from '../worker/protocol';
import { createObservationLog } from './observation-log';

const observed = (timeS: number, values = new Uint8Array(80 * 60)): ObservedFrame => ({
  moment: { timeS, raw: 0, returnPeriodS: 60, score: 0.4, extrapolated: false, reasons: [], objects: [] },
  intervalMs: 100,
  picture: null,
  evidence: { width: 80, height: 60, values },
  attention: null,
});

describe('createObservationLog', () => {
  it('gives back the evidence that can be seen, cell by cell', () => {
    const values = new Uint8Array(80 * 60);
    values.set([200, 0, 90, 3, 255], 1000);
    values[4799] = 17;
    const log = createObservationLog();
    log.push(observed(1, values), true);
    const back = log.at(1.05)?.evidence.values;
    values[1003] = 0;
    expect(back).toEqual(values);
  });

  it('finds the nearest frame, and none where nothing was analysed', () => {
    const log = createObservationLog();
    for (const timeS of [0, 0.1, 0.2, 5]) log.push(observed(timeS), true);
    expect([-1, 0.04, 0.16, 3, 4.5, 7].map((timeS) => log.at(timeS)?.moment.timeS ?? null)).toEqual([
      0,
      0,
      0.2,
      null,
      5,
      null,
    ]);
  });

  it('lists thousands of frames for the report and keeps no pictures of live ones', () => {
    const log = createObservationLog();
    for (let index = 0; index < 10_000; index++) log.push(observed(index / 10), false);
    const frames = [...log.frames()];
    expect(frames).toHaveLength(10_000);
    expect(frames[9999]).toEqual({ timeS: 999.9, score: 0.4, returnPeriodS: 60, intervalMs: 100 });
    expect(log.at(1)).toBeNull();
  });
});

import { expect, it } from 'vitest';
import type { Moment } from './moment';
import { createReport, reportCsv } from './report';

const peak: Moment = {
  timeS: 1.00049,
  raw: 9,
  returnPeriodS: 5000,
  score: 0.75,
  extrapolated: true,
  reasons: [{ cue: 'speed', text: 'moves 3.1× faster, or "runs"', weight: 1 }],
  objects: [
    { x0: 0, y0: 0, x1: 1, y1: 1, trackId: 1, label: 'person', raw: 1, reasons: [] },
    { x0: 2, y0: 2, x1: 4, y1: 9, trackId: 2, label: 'bicycle', raw: 9, reasons: [] },
  ],
};

const report = createReport({
  source: { kind: 'file', name: 'a.mp4', width: 640, height: 480, durationS: 2 },
  detector: 'hybrid',
  backend: 'wasm',
  calibration: { learnedDurationS: 60, learnedFrames: 600, alertsPerHour: 1 },
  gaps: [],
  frames: [0, 1, 2].map((timeS) => ({ timeS, score: 0.123456, returnPeriodS: 2, intervalMs: 90.04 })),
  alerts: [{ id: 'alert-1', kind: 'unusual', zone: null, startS: 0.9, endS: 1.4, peak, severity: 'notice' }],
});

it('holds frames and events, the most anomalous box first', () => {
  expect(report.frames[1]).toEqual({ timeS: 1, score: 0.1235, rarity: 2, intervalMs: 90 });
  expect(report.events[0]).toMatchObject({
    startS: 0.9,
    endS: 1.4,
    peak: 0.75,
    peakRarity: 5000,
    peakS: 1,
    reasons: peak.reasons,
  });
  expect(report.events[0].boxes.map(({ label }) => label)).toEqual(['bicycle', 'person']);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});

it('is a table with one line per frame, quotes and all', () => {
  expect(reportCsv(report).split('\r\n')).toEqual([
    'timeS,score,rarityS,intervalMs,event,reasons',
    '0,0.1235,2,90,,',
    '1,0.1235,2,90,1,"moves 3.1× faster, or ""runs"""',
    '2,0.1235,2,90,,',
    '',
  ]);
});

import { expect, test } from 'vitest';
import { alarmRates, countAlarms, frameRuns } from './alarms';

const clip = (scores: string, labels: string) => ({
  name: 'clip',
  scores: [...scores].map(Number),
  labels: [...labels].map(Number),
  timesS: [...scores].map((_, frame) => frame),
});

test('runs join over short pauses', () => {
  expect(frameRuns([0, 1, 2, 5, 6, 7], (frame) => [0, 2, 4, 5].includes(frame), 2)).toEqual([
    { first: 0, last: 2 },
    { first: 4, last: 5 },
  ]);
});

test('false alarms, delays and missed events, by hand', () => {
  const counts = countAlarms(clip('9000000990000009', '0000001111011000'), 5);
  expect(counts).toEqual({ falseAlarms: 2, normalHours: 10 / 3600, events: 2, detectedEvents: 1, delaysS: [1] });
  expect(alarmRates([counts, counts])).toEqual({ falseAlarmsPerHour: 720, detectionDelayS: 1, detectedShare: 0.5 });
});

test('an alarm that outlasts its event is not false', () => {
  expect(countAlarms(clip('00999900', '00110000'), 5).falseAlarms).toBe(0);
});

test('nothing to count gives NaN', () => {
  const rates = alarmRates([countAlarms(clip('99', '11'), 5)]);
  expect(rates.falseAlarmsPerHour).toBeNaN();
  expect(alarmRates([countAlarms(clip('00', '00'), 5)]).detectionDelayS).toBeNaN();
});

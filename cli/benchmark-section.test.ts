import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type BenchmarkFile, benchmarkSection } from './benchmark-section';

const FOLDER = 'benchmarks/results';

test('every benchmark that was measured is told, without the place of the data', () => {
  const files = readdirSync(FOLDER)
    .map((name) => JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')))
    .filter((file): file is BenchmarkFile => 'benchmark' in file);
  expect(files.length).toBeGreaterThan(0);
  const lines = benchmarkSection(files).split('\n').slice(2);
  expect(lines).toHaveLength(files.length);
  for (const line of lines) {
    expect(line).toMatch(/^- \*\*.*`npm run benchmark -- .*`/);
    expect(line).not.toMatch(/undefined|NaN|--data \//);
  }
});

test('an anomaly without an alert, and one during an open alert, are told apart', () => {
  const anomaly = (kind: string, delayS: number | null) => ({
    kind,
    delayS,
    fromS: 0,
    toS: 1,
    alerted: delayS !== null,
  });
  const file = {
    benchmark: 'demo',
    alertsPerHour: 1,
    round: { anomalies: [anomaly('cart', 0.84), anomaly('bag', -2), anomaly('against', null)], others: [] },
    normal: { minutes: 10, alerts: [1] },
    command: 'npm run benchmark -- demo',
    machine: 'Some CPU',
    date: '2026-01-05',
  };
  const line = benchmarkSection([file as never]);
  expect(line).toContain(
    '2 of 3 anomalies raise an alert (cart after 0.8 s, bag: an alert was open already, against: none)',
  );
  expect(line).toContain('and 1 in 10 minutes');
});

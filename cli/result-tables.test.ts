import { expect, test } from 'vitest';
import { resultSections } from './result-tables';

const trivial = { random: { microAuc: 0.5, macroAuc: 0.51 }, sine: { microAuc: 0.67, macroAuc: null } };

const hybrid = {
  dataset: 'ped2',
  detector: 'hybrid',
  machine: 'Some CPU',
  command: 'npm run evaluate -- --dataset ped2 --data /home/me/ped2 --detector hybrid',
  microAuc: 0.9512,
  falseAlarmsPerHour: 12.34,
  rbdc: null,
  analysedFps: 8.25,
  intervals: { microAuc: { low: 0.9, high: 0.98 } },
  trivial,
};

test('a data set: a row per detector with intervals, trivial scorers once, the command without the place of the data', () => {
  const [section] = resultSections([
    { ...hybrid, detector: 'stadnet-before-learning', microAuc: 0.7, intervals: {}, command: undefined },
    hybrid,
  ]);
  const lines = section.split('\n');
  expect(lines[0]).toBe('### UCSD Ped2');
  expect(lines[4]).toBe('| **hybrid** | 0.951 (0.900–0.980) | – | – | – | – | – | – | 12.3 | – | – | 8.250 |');
  expect(lines[5]).toMatch(/^\| \*\*stadnet, before it has learned a scene\*\* \| 0\.700 \|/);
  expect(lines[7]).toBe('| sin(πt/T) | 0.670 | – | – | – | – | – | – | – | – | – | – |');
  expect(lines.at(-2)).toMatch(/^- \*\*hybrid\*\*: tuned on test: /);
  expect(lines.at(-2)).toContain('`npm run evaluate -- --dataset ped2 --data DIR --detector hybrid`');
  expect(section).not.toContain('/home/me');
  expect(section).not.toContain('no speed is given');
});

test('a result from features that were kept says why it has no speed', () => {
  const [section] = resultSections([{ ...hybrid, analysedFps: null }]);
  expect(section.split('\n').at(-1)).toMatch(
    /Some CPU\. From features kept of an earlier run, so no speed is given\.$/,
  );
});

test('several scenes: their means, and the micro AUC of each', () => {
  const scene = (microAuc: number) => ({ microAuc, intervals: {} });
  const planted = {
    dataset: 'planted',
    detector: 'hybrid',
    sources: { yard: scene(0.8), street: scene(1) },
    microAuc: 0.9,
    trivial,
  };
  const [first, second] = resultSections([hybrid, planted]);
  expect(first).toContain('UCSD Ped2');
  expect(second).toContain('| **hybrid** | 0.900 |');
  expect(second).toContain('| micro AUC by scene | yard | street |');
  expect(second).toContain('| hybrid | 0.800 | 1.000 |');
});

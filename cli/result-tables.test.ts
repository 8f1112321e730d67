import { expect, test } from 'vitest';
import { resultSection } from './result-tables';

const trivial = { random: { microAuc: 0.5, macroAuc: 0.51 }, sine: { microAuc: 0.67, macroAuc: null } };

test('one scene: a row with intervals, rows of trivial scorers, the command without the place of the data', () => {
  const lines = resultSection({
    dataset: 'ped2',
    detector: 'hybrid',
    machine: 'Some CPU',
    command: 'npm run evaluate -- --dataset ped2 --data /home/me/ped2 --detector hybrid',
    microAuc: 0.9512,
    falseAlarmsPerHour: 12.34,
    rbdc: null,
    intervals: { microAuc: { low: 0.9, high: 0.98 } },
    trivial,
  }).split('\n');
  expect(lines[0]).toBe('### UCSD Ped2, detector `hybrid`');
  expect(lines[4]).toBe('| **hybrid** | 0.951 (0.900–0.980) | – | – | – | – | – | – | 12.3 | – | – |');
  expect(lines[6]).toBe('| sin(πt/T) | 0.670 | – | – | – | – | – | – | – | – | – |');
  expect(lines.at(-1)).toContain('`npm run evaluate -- --dataset ped2 --data DIR --detector hybrid`');
  expect(lines.at(-1)).not.toContain('/home/me');
  expect(lines.at(-1)).toMatch(/^\*\*Tuned on test: /);
});

test('several scenes: a row each, and their mean', () => {
  const scene = { microAuc: 0.9, intervals: {} };
  const text = resultSection({
    dataset: 'planted',
    detector: 'hybrid',
    sources: { yard: scene, street: scene },
    microAuc: 0.9,
    trivial,
  });
  expect(text).toContain('| yard | 0.900 |');
  expect(text).toContain('| street | 0.900 |');
  expect(text).toContain('| **mean** | 0.900 |');
});

import { parseArgs } from 'node:util';
import { expect, test } from 'vitest';
import { spokenCommand } from './spoken-command';

const string = { type: 'string' } as const;
const options = {
  data: string,
  detector: string,
  seed: string,
  cache: string,
  threads: string,
  out: string,
  from: string,
  resume: { type: 'boolean' },
} as const;
const spoken = (given: string) =>
  spokenCommand('evaluate', parseArgs({ args: given.split(' '), options, tokens: true }).tokens);

test('names no folder of this machine', () => {
  expect(spoken('--data /home/me/clips,/home/me/train --cache /tmp/streams --threads 1 --out /tmp/a.json')).toBe(
    'npm run evaluate -- --data DIR,DIR',
  );
  expect(spoken('--data /home/me/clips --from /home/me/weights')).toBe('npm run evaluate -- --data DIR --from WEIGHTS');
  expect(spoken('--data=/home/me/ped2 --cache=/tmp/x --seed 2')).toBe('npm run evaluate -- --data DIR --seed 2');
});

test('keeps all that decides the result, and a file of the project', () => {
  expect(spoken('--detector stadnet --resume --seed 4 --out benchmarks/results/a.json')).toBe(
    'npm run evaluate -- --detector stadnet --seed 4 --out benchmarks/results/a.json',
  );
});

import { expect, test } from 'vitest';
import { fightNumbers } from './fight-result';
import { resultSections } from './result-tables';

test('verdicts as numbers and as a section of the README', () => {
  const verdict = (label: 0 | 1, score: number, yes: boolean) => ({ name: `${score}`, label, score, yes, fold: 0 });
  const numbers = fightNumbers(
    [verdict(1, 2, true), verdict(1, 0, false), verdict(0, 1, true), verdict(0, -1, false)],
    1,
  );
  expect(numbers).toMatchObject({ rocAuc: 0.75, accuracy: 0.5, precision: 0.5, recall: 0.5 });
  expect(numbers.intervals.rocAuc?.low).toBeLessThan(0.75);
  const file = {
    dataset: 'fights',
    detector: 'hybrid',
    ...numbers,
    intervals: { ...numbers.intervals, rocAuc: { low: 0.6, high: 0.9 }, accuracy: null },
    trivial: { frameDifference: numbers },
    clips: 4,
    fights: 2,
    skipped: [],
    config: { folds: 5 },
    analysedFps: 4,
    caveat: 'what was known when it was measured',
  };
  const [section] = resultSections([file as never]);
  const lines = section.split('\n');
  expect(lines[0]).toBe('### Fights');
  expect(lines[4]).toMatch(/^\| \*\*hybrid\*\* \| 0\.750 \(0\.600–0\.900\) \| 0\.500 \| /);
  expect(lines[6]).toContain('| 0.960 | 0.876 | 0.956 | 0.771 |');
  expect(lines.at(-1)).toMatch(
    /^- \*\*hybrid\*\*: tuned on the same clips.* 2 clips with a fight and 2 without, 5-fold/,
  );
  const [stored] = resultSections([{ ...file, config: {}, caveat: 'judged by stored weights' } as never]);
  expect(stored.split('\n').at(-1)).toMatch(
    /^- \*\*hybrid\*\*: judged by stored weights\. 2 clips with a fight and 2 without\. /,
  );
});

import { expect, it } from 'vitest';
import type { AlertEvent } from '../../worker/protocol';
import { noticeInWords } from './notice';

const alert = {
  kind: 'unusual',
  severity: 'warning',
  peak: { reasons: [{ cue: 'speed', text: 'moves 3× faster', weight: 1 }], objects: [] },
} as unknown as AlertEvent;
const at = new Date(2025, 5, 14, 14, 32, 5);

it('says what is wrong, where, when, and how much else there is', () => {
  const said = (others: number) => noticeInWords({ alert, others, shows: true, sounds: false }, 'Yard camera', at);
  expect(said(0).title).toBe('Warning: Yard camera');
  expect(said(0).body).toMatch(/^Moves 3× faster\nAt .*32.*05\D*$/);
  expect(said(1).body).toMatch(/, and 1 more alert$/);
  expect(said(7).body).toMatch(/, and 7 more alerts$/);
});

import { describe, expect, it } from 'vitest';
import type { Moment, ObservedObject } from '../../alerts/moment';
import { reasonsInWords, spellInWords } from './reasons';

const reason = (text: string) => ({ cue: 'speed', text, weight: 1 });
const object = (label: string, ...texts: string[]): ObservedObject => ({
  trackId: 1,
  label,
  raw: 1,
  reasons: texts.map(reason),
  x0: 0,
  y0: 0,
  x1: 1,
  y1: 1,
});
const moment = (texts: string[], objects: ObservedObject[] = []): Moment => ({
  timeS: 0,
  raw: 1,
  returnPeriodS: 1,
  score: 0,
  extrapolated: false,
  reasons: texts.map(reason),
  objects,
});

describe('reasonsInWords', () => {
  it('names the object that bears the strongest reason', () => {
    const objects = [object('person', 'stands still'), object('bicycle', 'moves fast', 'comes against the stream')];
    expect(reasonsInWords(moment(['moves fast', 'comes against the stream'], objects), 2)).toBe(
      'Bicycle: moves fast; comes against the stream',
    );
  });

  it('calls a region without a class movement, or an unknown thing where it only stands there', () => {
    expect(reasonsInWords(moment(['moves fast'], [object('motion', 'moves fast')]))).toBe('Movement: moves fast');
    const left = { ...object('motion'), reasons: [{ cue: 'presence', text: 'stands here', weight: 1 }] };
    expect(reasonsInWords(moment(['stands here'], [left]))).toBe('Unknown thing: stands here');
  });

  it('speaks of the picture as a whole where no object bears the reason, and is silent without reasons', () => {
    expect(reasonsInWords(moment(['much moves at once', 'second'], [object('person')]))).toBe('Much moves at once');
    expect(reasonsInWords(moment([]))).toBe('');
  });
});

describe('spellInWords', () => {
  const stands = { cue: 'presence', text: 'stands where nothing stood', weight: 1 };

  it('names the thing as its box does, and says why', () => {
    expect(spellInWords({ label: 'motion', reason: stands, strength: 1 })).toBe(
      'Unknown thing: stands where nothing stood',
    );
    expect(spellInWords({ label: 'motion', reason: reason('moves fast'), strength: 1 })).toBe('Movement: moves fast');
    expect(spellInWords({ label: 'dog', reason: null, strength: 1 })).toBe('Dog');
    expect(spellInWords({ label: '', reason: stands, strength: 1 })).toBe('Stands where nothing stood');
  });

  it('says how strong it was where no more is known', () => {
    expect(spellInWords({ label: '', reason: null, strength: 1 })).toBe('Unusual enough for an alert');
    expect(spellInWords({ label: '', reason: null, strength: 0.9 })).toBe('Somewhat unusual');
  });
});

import { describe, expect, it } from 'vitest';
import type { ObservedObject } from '../../alerts/moment';
import type { ObservedFrame } from '../../worker/protocol';
import { labelledBoxes, peakEvidence } from './labelled-boxes';

const object = (trackId: number, x0: number, raw: number, reason?: string): ObservedObject => ({
  trackId,
  label: trackId === 9 ? 'motion' : 'person',
  raw,
  reasons: reason ? [{ cue: 'speed', text: reason, weight: raw }] : [],
  x0,
  y0: 0,
  x1: x0 + 20,
  y1: 40,
});

/** A frame of 100 × 50 pixels with 10 × 5 cells; `hot` columns hold full evidence. */
function frameOf(objects: ObservedObject[], hot: number[]): ObservedFrame {
  const values = new Uint8Array(50);
  for (const column of hot) values[10 + column] = 255;
  const moment = { timeS: 0, raw: 1, returnPeriodS: 1, score: 0, extrapolated: false, reasons: [], objects };
  return { moment, intervalMs: 100, picture: null, attention: null, evidence: { width: 10, height: 5, values } };
}

describe('peakEvidence', () => {
  it('looks only at the cells under the box, also where it leaves the picture', () => {
    const { evidence } = frameOf([], [3]);
    expect(peakEvidence({ x0: 30, y0: 0, x1: 40, y1: 50 }, evidence, 100, 50)).toBe(255);
    expect(peakEvidence({ x0: 40, y0: 0, x1: 400, y1: 50 }, evidence, 100, 50)).toBe(0);
    expect(peakEvidence({ x0: -20, y0: -9, x1: 31, y1: 500 }, evidence, 100, 50)).toBe(255);
  });
});

describe('labelledBoxes', () => {
  it('highlights what has a reason and evidence, and puts it on top', () => {
    const boxes = labelledBoxes(frameOf([object(1, 20, 5, 'fast'), object(2, 70, 1, 'slow')], [3]), 100, 50);
    expect(boxes.map(({ unusual }) => unusual)).toEqual([false, true]);
    expect(boxes[1].label).toEqual({ name: 'Person', reason: 'fast' });
    expect(boxes[0].label).toBeNull();
  });

  it('highlights what has been rare for seconds, though the moment shows little', () => {
    const [lasting, brief] = [900, 60].map((returnPeriodS) => ({ ...object(1, 20, 5, 'a truck'), returnPeriodS }));
    const highlighted = (one: ObservedObject) => labelledBoxes(frameOf([one], []), 100, 50)[0].unusual;
    expect([highlighted(lasting), highlighted(brief)]).toEqual([true, false]);
  });

  it('puts words on the three strongest only', () => {
    const crowd = [1, 2, 3, 4, 9].map((id) => object(id, 20, id, `reason ${id}`));
    const labels = labelledBoxes(frameOf(crowd, [3]), 100, 50).flatMap(({ label }) => label ?? []);
    expect(labels.map(({ reason }) => reason)).toEqual(['reason 3', 'reason 4', 'reason 9']);
    expect(labels[2].name).toBe('Movement');
  });

  it('leaves empty boxes out', () => {
    expect(labelledBoxes(frameOf([{ ...object(1, 20, 5, 'fast'), x1: 20 }], [3]), 100, 50)).toEqual([]);
  });

  it('outlines movement without a name only where it is unusual', () => {
    expect(labelledBoxes(frameOf([object(9, 20, 0.4)], []), 100, 50)).toEqual([]);
    expect(labelledBoxes(frameOf([object(9, 20, 5, 'fast')], [3]), 100, 50)).toHaveLength(1);
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchTrainingCurve, smoothedCurve } from './training-curve';

const curve = Array.from({ length: 10 }, (_, index) => ({ step: index + 1, total: 10 - index }));
const answer = (body: string, type = 'application/json', status = 200) =>
  vi.stubGlobal('fetch', async () => new Response(body, { status, headers: { 'Content-Type': type } }));

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('training curves', () => {
  it('are averaged over runs of updates, and keep what was validated', () => {
    const validated = curve.map((point) => (point.step === 4 ? { ...point, validation: 0.2 } : point));
    expect(smoothedCurve(validated, 4)).toEqual([
      { step: 3, total: 9 },
      { step: 6, total: 6, validation: 0.2 },
      { step: 9, total: 3 },
      { step: 10, total: 1 },
    ]);
    expect(smoothedCurve(curve)).toEqual(curve);
    expect(smoothedCurve([])).toEqual([]);
  });

  it('are null where there is none, also where the host answers with the page', async () => {
    answer('', 'text/plain', 404);
    expect(await fetchTrainingCurve('hybrid')).toBeNull();
    answer('<!doctype html>', 'text/html; charset=utf-8');
    expect(await fetchTrainingCurve('hybrid')).toBeNull();
  });

  it('are read as they were written, and refused where damaged', async () => {
    answer(JSON.stringify(curve));
    expect(await fetchTrainingCurve('stadnet')).toEqual(curve);
    answer('{}');
    await expect(fetchTrainingCurve('stadnet')).rejects.toThrow('training curve of stadnet is damaged');
  });
});

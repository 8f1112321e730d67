import { beforeAll, describe, expect, it } from 'vitest';
import type { Moment } from '../src/alerts/moment';
import { plazaClip, plazaDetector } from '../src/detectors/hybrid/plaza.fixture';
import type { AnomalyKind } from '../src/media/synthetic/actor';
import { DEMO_SEED, DEMO_STARTS_S } from '../src/media/synthetic/demo';
import { type JudgedFrame, type RoundOutcome, roundOutcome } from './demo-round';

/** Ten frames a second: rare in these seconds, and with something abnormal in the picture in those. */
function frames(durationS: number, rareS: [number, number][], shownS: [AnomalyKind, number, number][]): JudgedFrame[] {
  return Array.from({ length: durationS * 10 }, (_, i) => {
    const timeS = i / 10;
    const returnPeriodS = rareS.some(([fromS, toS]) => timeS >= fromS && timeS < toS) ? 7200 : 10;
    const moment: Moment = { timeS, raw: 0, returnPeriodS, score: 0, extrapolated: false, reasons: [], objects: [] };
    const boxes = shownS
      .filter(([, fromS, toS]) => timeS >= fromS && timeS < toS)
      .map(([kind]) => ({ kind, abnormal: true, id: 1, x0: 0, y0: 0, x1: 9, y1: 9 }));
    return { moment, truth: { boxes } };
  });
}

describe('roundOutcome', () => {
  it('tells how late an alert was raised, and what raised none', () => {
    const shown: [AnomalyKind, number, number][] = [
      ['cyclist', 10, 13],
      ['cart', 30, 35],
    ];
    const { anomalies, others } = roundOutcome(frames(50, [[11, 12]], shown));
    expect(anomalies).toMatchObject([
      { kind: 'cyclist', fromS: 10, alerted: true, delayS: expect.closeTo(1.3), returnPeriodS: 7200 },
      { kind: 'cart', fromS: 30, alerted: false, delayS: null, returnPeriodS: 10 },
    ]);
    expect(others).toEqual([]);
  });

  it('counts an alert before anything shows as unexplained, even where it lasts until something does', () => {
    const { anomalies, others } = roundOutcome(
      frames(
        40,
        [
          [5, 6],
          [20, 26],
        ],
        [['bag', 24, 30]],
      ),
    );
    expect(anomalies).toMatchObject([{ kind: 'bag', alerted: true, delayS: expect.closeTo(-3.7) }]);
    expect(others.map(({ raisedS }) => Math.floor(raisedS))).toEqual([5, 20]);
  });

  it('sees a thing that comes twice as two', () => {
    const { anomalies } = roundOutcome(
      frames(
        40,
        [],
        [
          ['runner', 5, 8],
          ['runner', 20, 23],
        ],
      ),
    );
    expect(anomalies.map(({ fromS }) => fromS)).toEqual([5, 20]);
  });
});

describe('the demo’s plaza, watched with all objects known', () => {
  const LEARNED_S = 20;
  let round: RoundOutcome;
  let normal: RoundOutcome;
  beforeAll(async () => {
    const { learn, watch } = plazaDetector();
    const life = { seed: DEMO_SEED, width: 224, height: 128 };
    const outcome = async (clip: ReturnType<typeof plazaClip>) =>
      roundOutcome((await watch(clip)).map((moment, i) => ({ moment, truth: clip[i].truth })));
    await learn(plazaClip(LEARNED_S, { ...life, startS: 600 }));
    const anomalies = [
      { kind: 'cyclist', atS: 1 },
      { kind: 'cart', atS: 6 },
    ] as const;
    round = await outcome(plazaClip(12, { ...life, startS: DEMO_STARTS_S, anomalies }));
    normal = await outcome(plazaClip(8, { ...life, startS: 600 + LEARNED_S }));
  }, 60_000);

  it('alerts to the cyclist and the cart while they pass', () => {
    expect(round.anomalies.map(({ kind, alerted }) => [kind, alerted])).toEqual([
      ['cyclist', true],
      ['cart', true],
    ]);
    for (const { delayS, fromS, toS } of round.anomalies) expect(delayS).toBeLessThan(toS - fromS);
  });

  it('raises no alert while everyone walks', () => {
    expect(normal).toEqual({ anomalies: [], others: [] });
  });
});

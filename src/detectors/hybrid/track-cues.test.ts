import { describe, expect, it } from 'vitest';
import { uniformField } from '../../vision/motion.fixture';
import type { Track, TrackPoint } from '../../vision/tracker';
import { TrackCues } from './track-cues';

const STEP_S = 0.1;

/** A box of 20×40 pixels that goes right at `speed` pixels per second, as it has been followed up to frame `index`. */
function walking(index: number, speed: number): Track {
  const history = Array.from({ length: index + 1 }, (_, point): TrackPoint => {
    const x = 100 + point * STEP_S * speed;
    return { timeS: point * STEP_S, x0: x, y0: 50, x1: x + 20, y1: 90 };
  });
  const { timeS, ...box } = history[index];
  const seen = { firstS: 0, seenS: timeS, confidence: 0.8, classIndex: 0 };
  const looks = { classes: new Float32Array(80), embedding: new Float32Array(2) };
  return { id: 1, box, velocityX: speed, velocityY: 0, history, ...seen, ...looks };
}

/** 640×360 pixels in which everything goes right at `flow`. */
const field = (index: number, flow: number) => uniformField(index * STEP_S, 64, 36, 10, flow, 0);

function seen(frames: number, speed: number, flow: number) {
  const cues = new TrackCues();
  return Array.from({ length: frames }, (_, index) => cues.step([walking(index, speed)], field(index, flow))[0]);
}

describe('the cues of a track', () => {
  it('know the speed of its edges from the first time it can be measured, drawn a little towards rest', () => {
    const edges = seen(20, 60, 60).map(({ edgeX }) => edgeX);
    expect(edges.slice(0, 2)).toEqual([0, 0]);
    expect(edges[2]).toBeGreaterThan(0.6 * 60);
    expect(edges[4]).toBeGreaterThan(0.8 * 60);
    for (const [index, edge] of edges.entries()) expect(edge).toBeGreaterThanOrEqual(edges[index - 1] ?? 0);
    expect(edges[19]).toBeLessThan(60);
    expect(edges[19]).toBeGreaterThan(0.9 * 60);
  });

  it('count a picture at rest as rest, and one that cannot be compared not at all', () => {
    const cues = new TrackCues();
    cues.step([walking(0, 60)], field(0, 60));
    const [still] = cues.step([walking(1, 60)], field(1, 0));
    expect(still.flowX).toBeLessThan(0.6 * 60);
    const [unknown] = cues.step([walking(2, 60)], { ...field(2, 0), valid: false });
    expect(unknown.flowX).toBeCloseTo(still.flowX, 5);
  });

  it('begin anew after a reset', () => {
    const cues = new TrackCues();
    for (let index = 0; index < 6; index++) cues.step([walking(index, 60)], field(index, 60));
    cues.reset();
    expect(cues.step([walking(0, 60)], field(6, 0))[0]).toMatchObject({ edgeX: 0, flowX: 0, stayS: 0 });
  });
});

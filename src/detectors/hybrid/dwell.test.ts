import { describe, expect, it } from 'vitest';
import { dwellCue, learnDwell, longestStayS } from './dwell';
import { frameFeatures, objectAt } from './features.fixture';

const size = { frameWidth: 320, frameHeight: 160 };
/** A hundred seconds in which someone halts at (100, 100) for six, and a bench stands at (250, 150) throughout. */
const footage = Array.from({ length: 101 }, (_, timeS) =>
  frameFeatures(timeS, {
    objects: [objectAt(100, 100, { stayS: timeS % 7 }), objectAt(250, 150, { trackId: 2, stayS: timeS })],
  }),
);
const places = { columns: 12, rows: 6 };
const memory = learnDwell(footage, places);

describe('dwell time', () => {
  it('counts what outstays all that stayed there, as a logarithm', () => {
    expect(dwellCue(objectAt(100, 100, { stayS: 6 }), size, memory)).toBe(0);
    expect(dwellCue(objectAt(100, 100, { stayS: 15 }), size, memory)).toBeCloseTo(Math.log(2), 6);
    expect(dwellCue(objectAt(190, 40, { stayS: 15 }), size, memory)).toBeCloseTo(Math.log(6), 6);
    expect(dwellCue(objectAt(190, 40, { stayS: 0 }), size, memory)).toBe(0);
  });

  it('tells the longest stay from the cue', () => {
    const halted = objectAt(100, 100, { stayS: 15 });
    expect(longestStayS(15, dwellCue(halted, size, memory))).toBeCloseTo(6, 5);
  });

  it('leaves in peace what always stands there, however long', () => {
    expect(dwellCue(objectAt(250, 150, { stayS: 5000 }), size, memory)).toBe(0);
  });

  it('takes each clip for itself', () => {
    const clips = [...footage.slice(0, 11), ...footage.slice(0, 11)].map((frame) =>
      frameFeatures(frame.timeS, { objects: [objectAt(250, 150, { stayS: frame.timeS })] }),
    );
    expect(dwellCue(objectAt(250, 150, { stayS: 500 }), size, learnDwell(clips, places))).toBe(0);
    expect(Math.max(...learnDwell(clips.slice(0, 4), places).longestS)).toBe(Number.POSITIVE_INFINITY);
  });

  it('counts places beyond the border to those at it', () => {
    expect(dwellCue(objectAt(-30, 300, { stayS: 24 }), size, memory)).toBeCloseTo(Math.log(9), 6);
  });
});

/** Writes a stretch of the synthetic plaza as .y4m, the fake webcam of the end-to-end specs: `npm run fixture -- --seed 3 --seconds 40 --out FILE.y4m`. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Planted } from '../src/media/synthetic/anomalies';
import { createPlaza, type PlazaOptions } from '../src/media/synthetic/plaza';
import { y4mFrame, y4mHeader } from '../src/media/synthetic/y4m';

const KINDS = ['cyclist', 'runner', 'cart', 'against', 'bag'] as const;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '40' },
    start: { type: 'string', default: '0' },
    fps: { type: 'string', default: '15' },
    width: { type: 'string', default: '640' },
    height: { type: 'string', default: '360' },
    /** 'none', 'demo', or a list such as 'cyclist@20,bag@30' in seconds of the file. */
    anomalies: { type: 'string', default: 'none' },
    /** With 'demo': the second from which the round counts. */
    from: { type: 'string', default: '0' },
    out: { type: 'string' },
  },
});

/** Writes the fixture frame by frame; memory does not grow with its length. */
export function writeFixture(file: string, options: PlazaOptions & { durationS: number }): void {
  const plaza = createPlaza(options);
  const handle = openSync(file, 'w');
  try {
    writeSync(handle, y4mHeader(plaza.info.width, plaza.info.height, plaza.fps));
    for (let index = 0; index < Math.ceil(options.durationS * plaza.fps - 1e-9); index++)
      writeSync(handle, y4mFrame(plaza.frameAt(index).frame));
  } finally {
    closeSync(handle);
  }
}

function scheduled(text: string): PlazaOptions['anomalies'] {
  if (text === 'none' || text === 'demo') return text;
  return text.split(',').map((item): Planted => {
    const [name, atS] = item.split('@');
    const kind = KINDS.find((known) => known === name);
    if (!kind || !(Number(atS) >= 0))
      throw new Error(`Not an anomaly: ${item}. Write for example cyclist@20, with one of ${KINDS.join(', ')}.`);
    return { kind, atS: Number(atS) };
  });
}

function number(name: 'seed' | 'seconds' | 'start' | 'fps' | 'width' | 'height' | 'from'): number {
  const value = Number(values[name]);
  if (!Number.isFinite(value)) throw new Error(`--${name} must be a number, not ${values[name]}.`);
  return value;
}

if (!values.out) {
  console.error(
    'Usage: npm run fixture -- --out FILE.y4m [--seed 1] [--seconds 40] [--start 0] [--fps 15] [--width 640] [--height 360] [--anomalies none|demo|cyclist@20,bag@30] [--from 0]',
  );
  process.exitCode = 2;
} else {
  writeFixture(values.out, {
    seed: number('seed'),
    durationS: number('seconds'),
    startS: number('start'),
    fps: number('fps'),
    width: number('width'),
    height: number('height'),
    anomalies: scheduled(values.anomalies),
    anomaliesFromS: number('from'),
  });
}

/** Learns the demo's plaza and writes the scene that ships with the app: `npm run demo -- [--seconds 540] [--from 600] [--out public/models/demo-scene.json]`. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { sceneToJson } from '../src/engine/scene-json';
import { demoNormal } from '../src/media/synthetic/demo';
import { ViewLearner } from '../src/vision/scene-view';
import { createDetector } from './detector-tools';

/** The rate at which live watching analyses a busy picture. */
const ANALYSED_FPS = 12;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '540' },
    from: { type: 'string', default: '600' },
    out: { type: 'string', default: 'public/models/demo-scene.json' },
  },
});
const seconds = Number(values.seconds);
const fromS = Number(values.from);
if (!(seconds > 0 && fromS >= 0 && fromS + seconds <= 3600))
  throw new Error(
    `Learn within the hour before the demo: ${values.from} + ${values.seconds} seconds is not inside 0…3600.`,
  );

const detector = await createDetector('hybrid');
const look = new ViewLearner();
for await (const frame of demoNormal(fromS, seconds, { fps: ANALYSED_FPS })) {
  look.add(frame);
  await detector.learnStep(frame);
  if (Math.round(frame.timeS * ANALYSED_FPS) % (ANALYSED_FPS * 5) === 0)
    console.error(`${Math.round(frame.timeS)} of ${seconds} s learned`);
}
const scene = { ...(await detector.finishLearning()), view: look.view() ?? undefined };
await writeFile(values.out, sceneToJson(scene));
detector.dispose();
console.error(`Wrote ${values.out}`);

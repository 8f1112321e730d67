/** Writes anew what all backends must agree on, as Node's WebAssembly sees it: `npx tsx cli/agreement.ts`. */
import { writeFile } from 'node:fs/promises';
import { AGREEMENT_AREA, type Agreement, learnAgreement, scoreAgreement } from '../src/engine/agreement.fixture';
import { sceneToJson } from '../src/engine/scene-json';
import { createObjectFinder } from './object-finder';

const FILE = new URL('../src/engine/agreement.fixture.json', import.meta.url);

const finder = await createObjectFinder({ inputArea: AGREEMENT_AREA });
const scene = await learnAgreement(finder);
const { scores, objects } = await scoreAgreement(finder, scene);
finder.dispose();
const agreement: Agreement = { scene: JSON.parse(sceneToJson(scene)), scores };
const text = `${JSON.stringify(agreement)}\n`;
await writeFile(FILE, text);
console.log(
  `${Math.round(text.length / 1000)} kB, ${objects} objects, scores ${scores.map((score) => score.toFixed(2))}`,
);

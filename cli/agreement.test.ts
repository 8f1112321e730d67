import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AGREEMENT_AREA, type Agreement, disagreement, scoreAgreement } from '../src/engine/agreement.fixture';
import type { CenterNet } from '../src/engine/centernet';
import { sceneFromJson } from '../src/engine/scene-json';
import { createObjectFinder } from './object-finder';

const { scene, scores: expected }: Agreement = JSON.parse(
  readFileSync(new URL('../src/engine/agreement.fixture.json', import.meta.url), 'utf8'),
);
let finder: CenterNet;

beforeAll(async () => {
  finder = await createObjectFinder({ inputArea: AGREEMENT_AREA });
});
afterAll(() => finder.dispose());

it('WebAssembly in Node scores the clip as it did when the expectations were written', async () => {
  const { scores, objects } = await scoreAgreement(finder, sceneFromJson(JSON.stringify(scene)));
  expect(disagreement(expected, scores)).toBeLessThan(1e-2);
  expect(objects).toBeGreaterThan(10);
  expect(Math.max(...scores)).toBeGreaterThan(2);
});

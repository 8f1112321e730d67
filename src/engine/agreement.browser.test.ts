import { expect, it } from 'vitest';
import { AGREEMENT_AREA, type Agreement, disagreement, scoreAgreement } from './agreement.fixture';
import expectations from './agreement.fixture.json';
import { type BackendChoice, detectedPlatform, startBackend } from './backend';
import { createCenterNet } from './centernet';
import { fetchCenterNet } from './model-files';
import { sceneFromJson } from './scene-json';

const { scene, scores: expected }: Agreement = expectations;

/** A processor that plays graphics card compiles for long. */
const SLOW = { timeout: 240_000 };

it.each(['wasm', 'webgpu'] satisfies BackendChoice[])(
  '%s in Chromium scores the clip as Node does',
  SLOW,
  async (choice) => {
    const { backend } = await startBackend(choice, { ...detectedPlatform('/wasm/'), threads: 1 });
    expect(backend).toBe(choice);
    const finder = createCenterNet({ files: await fetchCenterNet('/models/', () => {}), inputArea: AGREEMENT_AREA });
    const { scores, objects } = await scoreAgreement(finder, sceneFromJson(JSON.stringify(scene)));
    finder.dispose();
    expect(disagreement(expected, scores)).toBeLessThan(1e-2);
    expect(objects).toBeGreaterThan(10);
  },
);

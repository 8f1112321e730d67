import { expect, it } from 'vitest';
import { modelCard, type TrainedModel } from './model-card';

const model: TrainedModel = {
  detector: 'stadnet',
  seed: 1,
  parameters: 10,
  bytes: 2048,
  step: 550,
  chosenStep: 400,
  ended: 'finished',
  validation: 0.2,
  scenes: [{ name: 'yard', folder: 'yards', normal: [], rest: [], planted: [] }],
  command: 'npm run train',
  from: null,
};

it('says which update the weights are from, and by what they were chosen', () => {
  expect(modelCard(model)).toContain(
    '550 updates (finished), AUC 0.800 on the planted clips left out, by which those after update 400 were chosen.',
  );
  expect(modelCard({ ...model, validation: null })).toContain('550 updates (finished).\nTrained from random values');
  expect(modelCard({ ...model, from: 'f61e687a' })).toContain('earlier weights of the same network (f61e687a)');
});

it('speaks of what judges an unlearned scene only where there is such a thing', () => {
  expect(modelCard(model)).toContain('normality.json');
  expect(modelCard({ ...model, detector: 'hybrid' })).not.toContain('normality.json');
});

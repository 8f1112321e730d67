/** A trained judge of fights on plain arrays: the same numbers in the browser's engine thread and in Node, without tensors. */
import { type PlainDense, plainDense } from '../../nn/plain-dense';
import { type StoredWeights, storedLeaves, WeightsError } from '../../nn/stored-weights';
import { type StandardScale, standardised } from './standard-scale';

export interface FightModel extends StandardScale {
  /** Networks trained from different seeds, each its layers from the input on. */
  members: readonly (readonly PlainDense[])[];
}

/** Log odds of a fight at a moment: the mean over the members. */
export function momentLogit({ members, ...scale }: FightModel, moment: Float32Array): number {
  const input = standardised(scale, moment);
  return members.reduce((sum, layers) => sum + lastOutput(layers, input), 0) / members.length;
}

function lastOutput(layers: readonly PlainDense[], input: Float32Array): number {
  const output = layers.reduce<Float32Array>(
    (values, layer, depth) => plainDense(layer, depth ? values.map((value) => Math.max(0, value)) : values),
    input,
  );
  return output[0];
}

/** Log odds of a fight in a clip: the mean of the higher half of its moments'. */
export function clipLogit(model: FightModel, moments: readonly Float32Array[]): number {
  if (!moments.length) throw new RangeError('a clip without moments cannot be judged');
  const logits = moments.map((moment) => momentLogit(model, moment)).sort((a, b) => b - a);
  const higher = logits.slice(0, Math.ceil(logits.length / 2));
  return higher.reduce((sum, logit) => sum + logit, 0) / higher.length;
}

/** The model that was stored. Throws WeightsError where the file does not hold one for `detector`. */
export function readFightModel(stored: StoredWeights, detector: string): FightModel {
  const leaves = new Map(storedLeaves(stored, detector).map(({ path, values }) => [path, values]));
  const leaf = (path: string) => {
    const values = leaves.get(path);
    if (!values) throw new WeightsError(`The weights lack the parameter ${path}.`);
    return values;
  };
  const count = (prefix: string) => {
    let found = 0;
    while ([...leaves.keys()].some((path) => path.startsWith(`${prefix}${found}/`))) found++;
    return found;
  };
  const layers = (member: string): PlainDense[] =>
    Array.from({ length: count(`${member}/layer`) }, (_, depth) => ({
      kernel: leaf(`${member}/layer${depth}/kernel`),
      bias: leaf(`${member}/layer${depth}/bias`),
    }));
  const members = Array.from({ length: count('member') }, (_, index) => layers(`member${index}`));
  if (!members.length) throw new WeightsError('The weights hold no judge of fights.');
  return { mean: leaf('scale/mean'), scale: leaf('scale/scale'), members };
}

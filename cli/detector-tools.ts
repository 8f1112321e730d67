/** What detectors are built on, in Node: CenterNet from node_modules, networks from `public/models`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  Detector,
  DetectorEntry,
  DetectorTools,
  LearnedScene,
  NetworkTensors,
  ObjectFinder,
} from '../src/detectors/detector';
import { detectors } from '../src/detectors/registry';
import { createNetworkTensors } from '../src/engine/network-tensors';
import { sceneFromJson } from '../src/engine/scene-json';
import type { StoredWeights } from '../src/nn/stored-weights';
import { readWeights } from './file-checkpoint';
import { createObjectFinder } from './object-finder';
import { loadGradients, startTensors } from './tensors';

const MODELS = 'public/models';

/** The detector of this name with its default options. Throws with the names there are. */
export async function createDetector(name: string): Promise<Detector> {
  const entry = entryNamed(name);
  const objects = entry.needs.objects ? await createObjectFinder() : null;
  const network = entry.needs.network ? await createNetwork(name) : null;
  return entry.create(toolsOf(objects, network), {});
}

/** Tools of which only what is given may be asked for. */
export function toolsOf(objects: ObjectFinder | null, network: NetworkTensors | null = null): DetectorTools {
  const given = <Tool>(tool: Tool | null): Tool => {
    if (!tool) throw new Error('The detector asked for a model that its entry does not say it needs.');
    return tool;
  };
  return { objects: () => given(objects), network: () => given(network) };
}

/** The network of a detector on WebAssembly, ready to fit scenes too; `changed` makes others of its weights. */
export async function createNetwork(
  name: string,
  changed: (weights: StoredWeights) => StoredWeights = (weights) => weights,
): Promise<NetworkTensors> {
  await startTensors();
  const weights = await networkWeights(name);
  const normality = await shippedNormality(name).catch(nullWhereMissing);
  return createNetworkTensors(entryNamed(name), { weights: changed(weights), normality, loadGradients });
}

/** The weights that ship. Throws with the command that makes them where there are none. */
export async function networkWeights(name: string): Promise<StoredWeights> {
  const weights = await readWeights(join(MODELS, name, 'weights'));
  if (!weights)
    throw new Error(
      `There are no weights in ${join(MODELS, name)}; train them: npm run train -- --detector ${name} --data DIR.`,
    );
  return weights;
}

function nullWhereMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** The normality that is shipped with the weights, for before a scene is learned. */
export const shippedNormality = async (name: string): Promise<LearnedScene> =>
  sceneFromJson(await readFile(normalityPath(name), 'utf8'));

/** Where it lies. */
export const normalityPath = (name: string) => join(MODELS, name, 'normality.json');

function entryNamed(name: string): DetectorEntry {
  const entry = detectors[name];
  if (!entry) throw new Error(`There is no detector '${name}'; choose one of ${Object.keys(detectors).join(', ')}.`);
  return entry;
}

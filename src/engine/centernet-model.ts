/** Loads CenterNet (MobileNetV3, COCO, from @vladmandic/human) as a graph model for any input size that is a multiple of 32. */
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import type { io } from '@tensorflow/tfjs-core';

/** The two files of the model: `centernet.json`, parsed, and `centernet.bin`. */
export interface CenterNetFiles {
  manifest: CenterNetManifest;
  weights: ArrayBuffer;
}

export interface CenterNetManifest {
  format?: string;
  modelTopology: { node: { name: string; attr?: Record<string, unknown> }[] };
  weightsManifest: { weights: io.WeightsManifestEntry[] }[];
}

/** A network input in pixels. */
export interface InputSize {
  width: number;
  height: number;
}

/** Class heat [1, h/4, w/4, 80], edge distances [1, h/4, w/4, 4], deepest features [1, h/32, w/32, 128], the head's last ones [1, h/4, w/4, 128]. */
export const OUTPUTS = [
  'tower_0/keypoints',
  'tower_0/wh',
  'tower_0/CenternetHead/c5_upsample/add',
  'tower_0/CenternetHead/mul',
];
/** Cells of the head's last features that are averaged to one patch, each way: 16 input pixels. */
export const PATCH_CELLS = 4;
/** Distance in input pixels between two cells of the class heat, of the box edges and of the head's last features. */
export const HEAT_STRIDE = 4;
/** Channels of both maps of features: of the deepest one, and of the head's last. */
export const FEATURE_CHANNELS = 128;
/** The strides at which the head enlarges its features, in the order of the two-fold enlargements. */
const UPSAMPLE_DIVISOR: Record<string, number> = {
  'tower_0/CenternetHead/c5_upsample/up_sampling2d/mul': 16,
  'tower_0/CenternetHead/c4_upsample/up_sampling2d_1/mul': 8,
  'tower_0/CenternetHead/c3_upsample/up_sampling2d_2/mul': 4,
};
const PLACEHOLDER = 'tower_0/images';

/**
 * The input size for frames of width × height: multiples of 32 of about `area` square pixels in all, the aspect kept as well
 * as that and sides of 64 to 1536 allow. Smaller frames are enlarged, which is how small people are found.
 */
export function inputSizeFor(width: number, height: number, area: number): InputSize {
  const scale = Math.sqrt(area / Math.max(1, width * height));
  const side = (pixels: number) => Math.min(48, Math.max(2, Math.round((pixels * scale) / 32))) * 32;
  return { width: side(width), height: side(height) };
}

/** Build the network for one input size. The files are left as they are and may be used again. */
export function loadCenterNet(files: CenterNetFiles, size: InputSize): Promise<GraphModel> {
  const weightSpecs = files.manifest.weightsManifest.flatMap((group) => group.weights);
  const artifacts: io.ModelArtifacts = {
    modelTopology: resizedTopology(files.manifest, size),
    weightSpecs,
    weightData: resizedWeights(files.weights, weightSpecs, size),
  };
  return loadGraphModel({ load: async () => artifacts });
}

/** The graph with its placeholder's shape set to the input size. */
function resizedTopology(manifest: CenterNetManifest, size: InputSize) {
  const sides = [1, size.height, size.width, 3].map((side) => ({ size: String(side) }));
  const node = manifest.modelTopology.node.map((entry) =>
    entry.name === PLACEHOLDER ? { ...entry, attr: { ...entry.attr, shape: { shape: { dim: sides } } } } : entry,
  );
  return { ...manifest.modelTopology, node };
}

/** A copy of the weights in which the head's three int32 enlargement sizes fit the input size. */
function resizedWeights(weights: ArrayBuffer, specs: io.WeightsManifestEntry[], size: InputSize): ArrayBuffer {
  const copy = weights.slice(0);
  const view = new DataView(copy);
  let offset = 0;
  for (const spec of specs) {
    const divisor = UPSAMPLE_DIVISOR[spec.name];
    if (divisor) {
      view.setInt32(offset, size.height / divisor, true);
      view.setInt32(offset + 4, size.width / divisor, true);
    }
    offset += bytesOf(spec);
  }
  if (offset !== copy.byteLength) {
    throw new Error(
      `centernet.bin has ${copy.byteLength} bytes where its manifest says ${offset}; reload the page to fetch it again.`,
    );
  }
  return copy;
}

function bytesOf(spec: io.WeightsManifestEntry): number {
  const count = spec.shape.reduce((product, side) => product * side, 1);
  return count * (spec.quantization?.dtype === 'float16' ? 2 : 4);
}

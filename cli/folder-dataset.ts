/** Anyone's footage with labels: a folder with train/ and test/ and label files or mask folders, in any of the usual formats. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { belongsTo, recogniseLayout } from '../src/datasets/folder-layout';
import { parseLabelFile } from '../src/datasets/label-files';
import { frameLabels, LabelError, type Truth, type TruthTable } from '../src/datasets/truth';
import type { Truth as ClipTruth } from './clip';
import { clipRef, type EvaluationSource } from './dataset';
import { probeFootage } from './decode';
import { imageFiles } from './decode-images';
import type { FootageInfo } from './footage';

/** Read the layout and every clip's ground truth; throws LabelError where a clip has none or it does not fit. */
export async function folderSource(folder: string): Promise<EvaluationSource> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => {
    throw new LabelError(`There is no folder ${folder}; give the data set's folder with --data.`);
  });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const layout = recogniseLayout(files);
  const tables = await Promise.all(
    layout.labelFiles.map(async (file) => ({
      file,
      table: await parseLabelFile(file, await readFile(join(folder, file))),
    })),
  );
  const test = [];
  for (const clip of layout.test) {
    const info = await probeFootage(join(folder, clip));
    const masks = layout.maskFolders.find((path) => belongsTo(path, clip));
    const truth = tables.map(({ file, table }) => truthFor(file, table, clip)).find(Boolean);
    test.push(clipRef(info.path, await clipTruth(clip, info, truth ?? null, masks ? join(folder, masks) : null)));
  }
  return { name: basename(folder), train: layout.train.map((clip) => clipRef(join(folder, clip))), test };
}

function truthFor(file: string, table: TruthTable, clip: string): Truth | null {
  const alone = table.get('');
  if (alone) return belongsTo(file, clip) ? alone : null;
  const entry = [...table].find(([name]) => belongsTo(name, clip));
  return entry ? entry[1] : null;
}

async function clipTruth(
  clip: string,
  info: FootageInfo,
  truth: Truth | null,
  maskFolder: string | null,
): Promise<ClipTruth> {
  if (maskFolder) {
    const count = (await imageFiles(maskFolder)).length;
    if (count !== info.timesS.length)
      throw new LabelError(
        `Clip ${clip} has ${info.timesS.length} frames, but ${maskFolder} holds ${count} masks; there must be one per frame.`,
      );
  }
  if (truth) {
    const labels = frameLabels(truth, info.timesS, clip);
    return { kind: 'labels', labels, masks: maskFolder ?? (truth.kind === 'masks' ? truth : null) };
  }
  if (maskFolder) return { kind: 'labels', labels: null, masks: maskFolder };
  throw new LabelError(
    `There is no ground truth for clip ${clip}; add ${basename(clip).replace(/\.\w+$/, '')}.csv, .json, .npy or .mat, a folder of masks of that name, or its name to a common label file.`,
  );
}

/** Which parts of a data set's folder are normal clips, clips to score, and their labels: from paths alone. */
import { LabelError } from './truth';

export interface FolderLayout {
  /** Clips to learn from and to score: video files or folders of images. */
  train: string[];
  test: string[];
  /** Files that hold labels of one clip or of several. */
  labelFiles: string[];
  /** Folders with one mask image per frame. */
  maskFolders: string[];
}

const TRAIN = /^(train|training|learn|normal)([-_ ]?(videos|frames|clips|vol))?$/i;
const TEST = /^(test|testing|eval)([-_ ]?(videos|frames|clips|vol))?$/i;
const MASKS = /(mask|_gt$|^gt$|ground.?truth|pixel)/i;
const LABELS = /\.(csv|txt|json|npy|mat|m)$/i;
const VIDEO = /\.(mp4|mov|m4v|webm|mkv|avi|mpe?g)$/i;
const IMAGE = /\.(jpe?g|png|bmp|tiff?|webp)$/i;

/**
 * Sort a data set's files (paths relative to its folder, '/' between the parts). Knows train/, test/ (also Train, training/frames,
 * testing_videos …), label files anywhere, and mask folders (masks/01, Test001_gt, …). Throws LabelError where a part is missing.
 */
export function recogniseLayout(files: readonly string[]): FolderLayout {
  const train = new Set<string>();
  const test = new Set<string>();
  const maskFolders = new Set<string>();
  const labelFiles: string[] = [];
  for (const path of files) {
    const parts = path.split('/');
    const folder = parts.slice(0, -1);
    if (LABELS.test(path) && !/readme|licen[cs]e/i.test(path)) labelFiles.push(path);
    else if (IMAGE.test(path) && folder.some((part) => MASKS.test(part))) maskFolders.add(folder.join('/'));
    else if (IMAGE.test(path) || VIDEO.test(path)) {
      const clip = VIDEO.test(path) ? path : folder.join('/');
      if (folder.some((part) => TRAIN.test(part))) train.add(clip);
      else if (folder.some((part) => TEST.test(part))) test.add(clip);
    }
  }
  const found = `found ${train.size} clips to learn from, ${test.size} to score, ${labelFiles.length} label files and ${maskFolders.size} mask folders`;
  if (!train.size || !test.size || !(labelFiles.length || maskFolders.size)) {
    throw new LabelError(
      `Expected clips in train/ and test/ (videos, or folders of images) and labels for the latter; ${found}.`,
    );
  }
  const sorted = (paths: Iterable<string>) => [...paths].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return { train: sorted(train), test: sorted(test), labelFiles: sorted(labelFiles), maskFolders: sorted(maskFolders) };
}

/** Whether a label file, mask folder or table entry called `label` belongs to the clip: '1_label.mat' to '01.avi', 'Test004_gt' to 'Test004'. */
export function belongsTo(label: string, clip: string): boolean {
  const plain = (path: string) =>
    (path.split('/').at(-1) ?? '')
      .replace(/\.\w+$/, '')
      .replace(/[-_](labels?|gt|masks?|x264)$/i, '')
      .toLowerCase();
  const a = plain(label);
  const b = plain(clip);
  return (
    a === b ||
    (/^\d+$/.test(a) && Number(a) === Number(/^(?:test|clip|video)?[-_]?0*(\d+)$/.exec(b)?.[1] ?? Number.NaN))
  );
}

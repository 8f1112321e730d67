import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { belongsTo, recogniseLayout } from './folder-layout';
import { parseLabelFile } from './label-files';
import { frameLabels, LabelError, type Truth } from './truth';

const text = (content: string) => new TextEncoder().encode(content);
const times = (frames: number, fps = 10) => Float64Array.from({ length: frames }, (_, frame) => frame / fps);
const only = async (name: string, bytes: Uint8Array) => (await parseLabelFile(name, bytes)).get('') as Truth;
const labels = async (name: string, bytes: Uint8Array, frames: number) =>
  [...frameLabels(await only(name, bytes), times(frames), 'clip')].join('');

function npy(descr: string, shape: number[], values: number[]): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`.padEnd(117, ' ');
  const head = new Uint8Array(10);
  head.set([0x93, ...text('NUMPY'), 1, 0, 118, 0]);
  return Uint8Array.from([...head, ...text(`${header}\n`), ...values]);
}

/** A level 5 element with 8-byte padding. */
function element(type: number, data: ArrayLike<number>): number[] {
  const tag = new Uint8Array(new Uint32Array([type, data.length]).buffer);
  return [...tag, ...Array.from(data), ...new Array((8 - (data.length % 8)) % 8).fill(0)];
}
const int32 = (...values: number[]) => new Uint8Array(new Int32Array(values).buffer);
const matrix = (name: string, classId: number, shape: number[], body: number[]) =>
  element(14, [...element(6, int32(classId, 0)), ...element(5, int32(...shape)), ...element(1, text(name)), ...body]);
function mat(variable: number[], compressed = false): Uint8Array {
  const header = new Uint8Array(128);
  header.set(text('MATLAB 5.0 MAT-file, Platform: GLNXA64'.padEnd(116, ' ')));
  header.set([0, 1, 0x49, 0x4d], 124);
  const packed = compressed ? [...deflateSync(Uint8Array.from(variable))] : [];
  const body = compressed ? [...new Uint8Array(new Uint32Array([15, packed.length]).buffer), ...packed] : variable;
  return Uint8Array.from([...header, ...body]);
}

describe('text labels', () => {
  test('a label per line, frame and label, intervals in frames and seconds', async () => {
    expect(await labels('a.csv', text('0\n1\n1\n0\n'), 4)).toBe('0110');
    expect(await labels('a.csv', text('frame,label\n0,0\n1,1\n2,0\n'), 3)).toBe('010');
    expect(await labels('a.csv', text('start,end\n1,2\n4,4\n'), 6)).toBe('011010');
    expect(await labels('a.csv', text('startS,endS\n0.1,0.3\n'), 5)).toBe('01100');
  });

  test('several clips in one file', async () => {
    const table = await parseLabelFile('all.csv', text('clip,start,end\n01,1,2\n01,4,4\n02,0,0\n'));
    expect([...table.keys()]).toEqual(['01', '02']);
    expect([...frameLabels(table.get('01') as Truth, times(6), '01')].join('')).toBe('011010');
  });

  test('UCF-Crime and UCSD', async () => {
    const crime = await parseLabelFile(
      'Temporal_Anomaly_Annotation.txt',
      text('Abuse028_x264.mp4  Abuse  2  3  5  6 \nNormal_1_x264.mp4  Normal  -1  -1  -1  -1\n'),
    );
    expect([...frameLabels(crime.get('Abuse028_x264') as Truth, times(7), 'a')].join('')).toBe('0110110');
    expect([...frameLabels(crime.get('Normal_1_x264') as Truth, times(3), 'n')].join('')).toBe('000');
    const ucsd = await parseLabelFile(
      'UCSDped2.m',
      text('TestVideoFile = {};\nTestVideoFile{end+1}.gt_frame = [2:3, 5];\nTestVideoFile{end+1}.gt_frame = [1:2];'),
    );
    expect([...frameLabels(ucsd.get('1') as Truth, times(6), '1')].join('')).toBe('011010');
    expect(ucsd.size).toBe(2);
  });

  test('JSON lists, intervals, and either by clip', async () => {
    expect(await labels('a.json', text('[0,1,1]'), 3)).toBe('011');
    expect(await labels('a.json', text('{"unit":"seconds","intervals":[[0.1,0.2]]}'), 3)).toBe('010');
    const table = await parseLabelFile('a.json', text('{"fps":10,"labels":{"01":[0,1],"02":[[0,0]]}}'));
    expect([...frameLabels(table.get('02') as Truth, times(2), '02')].join('')).toBe('10');
  });
});

describe('binary labels', () => {
  test('.npy labels and masks', async () => {
    expect(await labels('01.npy', npy('|i1', [4], [0, 1, 1, 0]), 4)).toBe('0110');
    const masks = await only('01.npy', npy('|b1', [2, 2, 3], [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]));
    expect(masks).toMatchObject({ kind: 'masks', width: 3, height: 2 });
    expect([...frameLabels(masks, times(2), 'x')]).toEqual([0, 1]);
  });

  test.each([false, true])('.mat labels, masks and cells (compressed: %s)', async (compressed) => {
    expect(await labels('1.mat', mat(matrix('gt', 9, [1, 3], element(2, [0, 1, 0])), compressed), 3)).toBe('010');
    const picture = (...columns: number[]) => matrix('', 9, [2, 3], element(2, columns));
    const cell = mat(
      matrix('volLabel', 1, [1, 2], [...picture(0, 0, 0, 0, 0, 0), ...picture(0, 0, 0, 1, 0, 0)]),
      compressed,
    );
    const truth = (await only('1_label.mat', cell)) as Truth & { kind: 'masks' };
    expect([...truth.frames[1]]).toEqual([0, 0, 0, 0, 1, 0]);
    expect([truth.width, truth.height]).toEqual([3, 2]);
  });
});

describe('wrong label files say what was found and what was expected', () => {
  test.each([
    ['a.csv', 'hello world\n', 'found "hello world"'],
    ['a.json', '{"a":', 'not JSON'],
    ['a.json', '{"01":"x"}', 'expected labels'],
    ['a.m', 'x = 1', 'expected lines like'],
    ['a.xyz', '', 'not from .xyz'],
    ['a.npy', 'hello world, hello', 'begins with 68 65'],
    ['a.mat', 'MATLAB 7.3 MAT-file'.padEnd(200), 'save it in MATLAB with -v7'],
  ])('%s with %j', async (name, content, message) => {
    await expect(parseLabelFile(name, text(content))).rejects.toThrow(message);
    await expect(parseLabelFile(name, text(content))).rejects.toThrow(LabelError);
  });

  test('a cut-off array and truth of another length', async () => {
    await expect(parseLabelFile('a.npy', npy('|i1', [9], [0, 1]))).rejects.toThrow('needs 9 values, it holds 2');
    await expect(labels('a.csv', text('0\n1\n'), 3)).rejects.toThrow('has 3 frames, its ground truth 2 labels');
    await expect(labels('a.csv', text('start,end\n5,9\n'), 4)).rejects.toThrow('interval 5…9 frames');
  });
});

describe('folder layouts', () => {
  test('Avenue, ShanghaiTech and UCSD', () => {
    expect(
      recogniseLayout(['training_videos/01.avi', 'testing_videos/01.avi', 'testing_label_mask/1_label.mat']).test,
    ).toEqual(['testing_videos/01.avi']);
    const shanghai = recogniseLayout([
      'training/frames/01_001/000.jpg',
      'testing/frames/01_0014/000.jpg',
      'testing/test_frame_mask/01_0014.npy',
    ]);
    expect(shanghai).toMatchObject({
      train: ['training/frames/01_001'],
      test: ['testing/frames/01_0014'],
      labelFiles: ['testing/test_frame_mask/01_0014.npy'],
    });
    const ucsd = recogniseLayout([
      'Train/Train001/001.tif',
      'Test/Test001/001.tif',
      'Test/Test001_gt/001.bmp',
      'Test/UCSDped2.m',
    ]);
    expect(ucsd).toMatchObject({
      test: ['Test/Test001'],
      maskFolders: ['Test/Test001_gt'],
      labelFiles: ['Test/UCSDped2.m'],
    });
  });

  test('what is missing is counted', () => {
    expect(() => recogniseLayout(['test/01.mp4'])).toThrow('found 0 clips to learn from, 1 to score, 0 label files');
  });

  test('labels find their clip', () => {
    expect(belongsTo('testing_label_mask/1_label.mat', 'testing_videos/01.avi')).toBe(true);
    expect(belongsTo('11_label.mat', '01.avi')).toBe(false);
    expect(belongsTo('Test/Test004_gt', 'Test/Test004')).toBe(true);
    expect(belongsTo('4', 'Test/Test004')).toBe(true);
  });
});

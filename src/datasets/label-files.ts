/** Label files of the usual data sets and of anyone's own footage, by their name's ending: bytes in, truth out. */
import { type MatValue, parseMat } from './mat';
import { parseNpy } from './npy';
import { LabelError, type Truth, type TruthTable } from './truth';

/**
 * Read a label file.
 * - .csv/.txt: a label (0/1) per line; `frame,label`; `start,end` or `clip,start,end` (a header `startS,endS` means seconds,
 *   else frames, 0-based and inclusive); UCF-Crime's temporal annotation (`name class start end start end`, −1 = none).
 * - .json: a list of labels, a list of [start, end], `{labels}`, `{intervals, unit}`, or any of these by clip name.
 * - .npy: one label per frame, or masks [frames, height, width] (ShanghaiTech).
 * - .mat: labels per frame, or masks as a cell of pictures or height × width × frames (CUHK Avenue's `volLabel`).
 * - .m: UCSD's list of `gt_frame` ranges.
 * Throws LabelError with what was found and what was expected.
 */
export async function parseLabelFile(fileName: string, bytes: Uint8Array): Promise<TruthTable> {
  const ending = /\.([^./\\]+)$/.exec(fileName)?.[1].toLowerCase() ?? '';
  try {
    if (ending === 'npy') return single(fromNpy(bytes));
    if (ending === 'mat') return single(fromMat(await parseMat(bytes)));
    const text = new TextDecoder().decode(bytes);
    if (ending === 'json') return fromJson(text);
    if (ending === 'm') return fromUcsd(text);
    if (ending === 'csv' || ending === 'txt') return fromLines(text);
  } catch (error) {
    if (error instanceof LabelError) throw new LabelError(`${fileName}: ${error.message}`);
    throw error;
  }
  throw new LabelError(
    `${fileName}: labels are read from .csv, .txt, .json, .npy, .mat and .m files, not from .${ending}.`,
  );
}

const single = (truth: Truth): TruthTable => new Map([['', truth]]);

function fromNpy(bytes: Uint8Array): Truth {
  const { shape, values } = parseNpy(bytes);
  const sizes = shape.filter((size) => size > 1);
  if (shape.length === 3) {
    const [frames, height, width] = shape;
    const size = width * height;
    return {
      kind: 'masks',
      width,
      height,
      frames: Array.from({ length: frames }, (_, frame) =>
        Uint8Array.from(values.slice(frame * size, (frame + 1) * size), bit),
      ),
    };
  }
  if (sizes.length > 1)
    throw new LabelError(
      `expected one label per frame or masks [frames, height, width], found an array of (${shape.join(', ')}).`,
    );
  return { kind: 'labels', labels: values };
}

function fromMat(variables: Map<string, MatValue>): Truth {
  const entries = [...variables];
  const [, chosen] = entries.find(([name]) => /label|gt|mask|truth/i.test(name)) ?? entries[0] ?? [];
  const truth = chosen && truthOf(chosen);
  if (truth) return truth;
  throw new LabelError(
    `expected a variable with labels, masks or a cell of masks; found ${entries.map(([name, value]) => `${name} (${value.kind})`).join(', ') || 'no variable'}.`,
  );
}

function truthOf(value: MatValue): Truth | null {
  if (value.kind === 'struct') return [...value.fields.values()].flat().map(truthOf).find(Boolean) ?? null;
  if (value.kind === 'cell') return maskCells(value.cells);
  if (value.kind !== 'numbers') return null;
  const { shape, values } = value;
  if (shape.length === 3) {
    const [height, width, frames] = shape;
    const size = width * height;
    return {
      kind: 'masks',
      width,
      height,
      frames: Array.from({ length: frames }, (_, frame) =>
        rowMajor(values.slice(frame * size, (frame + 1) * size), width, height),
      ),
    };
  }
  if (shape.length === 2 && shape.includes(2) && !shape.includes(1) && values.some((number) => number > 1)) {
    const [rows] = shape;
    const across = rows === 2; // 2 × n: one column per interval
    const count = values.length / 2;
    return {
      kind: 'intervals',
      unit: 'frames',
      intervals: Array.from({ length: count }, (_, i) =>
        across ? [values[2 * i] - 1, values[2 * i + 1] - 1] : [values[i] - 1, values[i + count] - 1],
      ),
    };
  }
  return shape.includes(1) ? { kind: 'labels', labels: values } : null;
}

function maskCells(cells: MatValue[]): Truth | null {
  const pictures = cells.flatMap((cell) => (cell.kind === 'numbers' && cell.shape.length === 2 ? [cell] : []));
  if (!pictures.length || pictures.length !== cells.length) return null;
  const [height, width] = pictures.find(({ values }) => values.length)?.shape ?? [0, 0];
  const frames = pictures.map(({ values }) =>
    values.length ? rowMajor(values, width, height) : new Uint8Array(width * height),
  );
  return { kind: 'masks', width, height, frames };
}

/** MATLAB stores columns one after the other. */
function rowMajor(columns: number[], width: number, height: number): Uint8Array {
  const mask = new Uint8Array(width * height);
  for (let x = 0; x < width; x++) for (let y = 0; y < height; y++) mask[y * width + x] = bit(columns[x * height + y]);
  return mask;
}

const bit = (value: number) => (value ? 1 : 0);

/** UCSD's .m file: `TestVideoFile{end+1}.gt_frame = [61:180];`, ranges 1-based and inclusive; clips are named 1, 2, … */
function fromUcsd(text: string): TruthTable {
  const clips = [...text.matchAll(/gt_frame\s*=\s*\[([^\]]*)\]/g)];
  if (!clips.length) throw new LabelError('expected lines like TestVideoFile{end+1}.gt_frame = [61:180]; found none.');
  return new Map(
    clips.map(([, ranges], index) => {
      const intervals = [...ranges.matchAll(/(\d+)\s*(?::\s*(\d+))?/g)].map(([, start, end]): [number, number] => [
        Number(start) - 1,
        Number(end ?? start) - 1,
      ]);
      return [String(index + 1), { kind: 'intervals', unit: 'frames', intervals }];
    }),
  );
}

function fromJson(text: string): TruthTable {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new LabelError(`not JSON: ${(error as Error).message}.`);
  }
  const whole = jsonTruth(data);
  if (whole) return single(whole);
  const inner = (data as { labels?: unknown; clips?: unknown } | null) ?? {};
  const byClip =
    [inner.labels, inner.clips, data].find((value) => value && typeof value === 'object' && !Array.isArray(value)) ??
    {};
  const entries = Object.entries(byClip).map(([name, value]) => [name, jsonTruth(value)] as const);
  const wrong = entries.find(([, truth]) => !truth);
  if (!entries.length || wrong) {
    throw new LabelError(
      `expected labels [0, 1, …], intervals [[start, end], …], or these by clip name; found ${JSON.stringify(wrong ? { [wrong[0]]: '…' } : data).slice(0, 60)}.`,
    );
  }
  return new Map(entries as [string, Truth][]);
}

function jsonTruth(data: unknown): Truth | null {
  if (Array.isArray(data)) {
    if (data.every((value) => value === 0 || value === 1 || typeof value === 'boolean'))
      return { kind: 'labels', labels: data.map(Number) };
    if (data.every(isPair)) return { kind: 'intervals', unit: 'frames', intervals: data };
    return null;
  }
  const { labels, intervals, unit } = (data ?? {}) as { labels?: unknown; intervals?: unknown; unit?: unknown };
  if (Array.isArray(labels)) return jsonTruth(labels);
  if (Array.isArray(intervals) && intervals.every(isPair))
    return { kind: 'intervals', unit: unit === 'seconds' ? 'seconds' : 'frames', intervals };
  return null;
}

const isPair = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);

function fromLines(text: string): TruthTable {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('#'));
  const rows = lines.map((line) => line.split(/\s*[,;\t]\s*|\s+/));
  const header =
    rows[0]?.some((cell) => /^[a-z]/i.test(cell)) && rows[0].slice(1).every((cell) => !/^-?\d/.test(cell))
      ? rows.shift()
      : undefined;
  if (!rows.length)
    throw new LabelError(
      `expected labels or intervals, found ${lines[0] ? `"${lines[0].slice(0, 60)}"` : 'an empty file'}.`,
    );
  if (rows.every((row) => row.length >= 4 && row.length % 2 === 0 && !isNumber(row[1]))) return fromUcfCrime(rows);
  if (rows.every((row) => row.length === 1 && isNumber(row[0])))
    return single({ kind: 'labels', labels: rows.map(([label]) => Number(label)) });
  const unit = header?.some((cell) => /(_s|S|seconds|sec)$/.test(cell)) ? 'seconds' : 'frames';
  if (rows.every((row) => row.length === 3 && row.slice(1).every(isNumber))) return intervalsByClip(rows, unit);
  if (rows.every((row) => row.length === 2 && row.every(isNumber))) {
    const labelled = header
      ? /label|abnormal|anomaly|gt/i.test(header[1])
      : rows.every(([frame, label], index) => Number(frame) - Number(rows[0][0]) === index && Number(label) <= 1);
    if (labelled) return single({ kind: 'labels', labels: rows.map(([, label]) => Number(label)) });
    return single({ kind: 'intervals', unit, intervals: rows.map(([start, end]) => [Number(start), Number(end)]) });
  }
  const wrong = lines.find((_, index) => !rows[index]?.every(isNumber)) ?? lines[0];
  throw new LabelError(
    `expected a label per line, "frame,label", "start,end" or "clip,start,end"; found "${wrong.slice(0, 60)}".`,
  );
}

function intervalsByClip(rows: string[][], unit: 'frames' | 'seconds'): TruthTable {
  const table = new Map<string, Truth & { kind: 'intervals' }>();
  for (const [clip, start, end] of rows) {
    const truth = table.get(clip) ?? { kind: 'intervals', unit, intervals: [] };
    truth.intervals.push([Number(start), Number(end)]);
    table.set(clip, truth);
  }
  return table;
}

/** `Abuse028_x264.mp4 Abuse 165 240 -1 -1`: frame numbers from 1, inclusive. */
function fromUcfCrime(rows: string[][]): TruthTable {
  return new Map(
    rows.map(([file, , ...numbers]): [string, Truth] => {
      const bounds = numbers.map(Number);
      const intervals = Array.from({ length: bounds.length / 2 }, (_, index): [number, number] => [
        bounds[2 * index] - 1,
        bounds[2 * index + 1] - 1,
      ]);
      return [
        file.replace(/\.\w+$/, ''),
        { kind: 'intervals', unit: 'frames', intervals: intervals.filter(([start]) => start >= 0) },
      ];
    }),
  );
}

const isNumber = (cell: string) => cell !== '' && Number.isFinite(Number(cell));

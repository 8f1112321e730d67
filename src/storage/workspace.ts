/**
 * The whole workspace as one file and back: a line that says what it is, then one line of JSON per row of every table. Video
 * and evidence maps stay behind: they are large, and can be exported clip by clip.
 */
import { dataFromJson, dataToJson } from '../engine/scene-json';
import { type Database, stored } from './database';

const FORMAT = 'oriel-workspace';
const VERSION = 1;

/** What travels, and the fields without which a row is not one of its table. */
const tables = {
  scenes: ['id', 'sourceId', 'scene'],
  sceneRules: ['sourceId', 'rules'],
  preferences: ['key'],
  recordings: ['id', 'startedAt', 'source', 'endS', 'gaps'],
  tracks: ['recordingId', 'fromS', 'numbers', 'rare'],
  overviews: ['recordingId', 'level', 'index', 'peaks'],
  events: ['id', 'recordingId', 'at', 'startS', 'severity', 'cues'],
  eventDetails: ['id', 'recordingId', 'peak'],
  labels: ['id', 'recordingId', 'verdict'],
} as const;
type TableName = keyof typeof tables;
const names = Object.keys(tables) as TableName[];

/** Rows read at once. */
const BATCH = 200;

/** A picture in a row, as text. */
interface PackedPicture {
  picture: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** The workspace's file. Throws StorageError. */
export function exportWorkspace(database: Database, savedAt: number): Promise<Blob> {
  return stored('the workspace is not exported', async () => {
    const lines: string[] = [`${dataToJson({ format: FORMAT, version: VERSION, savedAt })}\n`];
    for (const name of names) {
      const table = database.table(name);
      for (let offset = 0; ; offset += BATCH) {
        const rows = await table.offset(offset).limit(BATCH).toArray();
        for (const row of rows) lines.push(`${dataToJson({ table: name, row: await packed(row) })}\n`);
        if (rows.length < BATCH) break;
      }
    }
    return new Blob(lines, { type: 'application/x-ndjson' });
  });
}

/** A file that is not a workspace, or not one that this version reads; `message` is a sentence for the user. */
export class WorkspaceError extends Error {
  override name = 'WorkspaceError';
}

/**
 * Put all rows of the file into the database; those of the same key are replaced, others stay. All or nothing. Returns how many
 * recordings and events came. Throws WorkspaceError for a foreign, newer or damaged file, StorageError.
 */
export async function importWorkspace(database: Database, file: File): Promise<{ recordings: number; events: number }> {
  const rows = readRows(file.name, await file.text());
  return stored('the workspace is not imported', () =>
    database.transaction('rw', names, async () => {
      for (const name of names) await database.table(name).bulkPut(rows[name]);
      return { recordings: rows.recordings.length, events: rows.events.length };
    }),
  );
}

function readRows(fileName: string, text: string): Record<TableName, object[]> {
  const [head, ...lines] = text.split('\n');
  checkHead(fileName, head);
  if (lines.pop() !== '') throw damaged(fileName, lines.length + 2);
  const rows = Object.fromEntries(names.map((name) => [name, [] as object[]])) as Record<TableName, object[]>;
  lines.forEach((line, index) => {
    const { table, row } = parsed(line) ?? {};
    const fields = tables[table as TableName] as readonly string[] | undefined;
    if (!fields || typeof row !== 'object' || row === null || fields.some((field) => !(field in row)))
      throw damaged(fileName, index + 2);
    rows[table as TableName].push(unpacked(row));
  });
  return rows;
}

function checkHead(fileName: string, head: string): void {
  const { format, version } = parsed(head) ?? {};
  if (format !== FORMAT)
    throw new WorkspaceError(
      `“${fileName}” is not an Oriel workspace; choose a file that “Save workspace” has written.`,
    );
  if (typeof version !== 'number' || version > VERSION)
    throw new WorkspaceError(
      `“${fileName}” was saved by a newer Oriel (format ${version}, this one reads ${VERSION}); update Oriel, then open it again.`,
    );
}

const damaged = (fileName: string, line: number) =>
  new WorkspaceError(
    `“${fileName}” is cut off or damaged at line ${line}; nothing was imported. Save it again, or use another copy.`,
  );

/** An object, or null where the line is none. */
function parsed(line: string): Record<string, unknown> | null {
  try {
    const value = dataFromJson(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** Pictures as bytes. */
async function packed(row: object): Promise<object> {
  const entries = Object.entries(row).map(async ([key, value]): Promise<[string, unknown]> => {
    if (!(value instanceof Blob)) return [key, value];
    return [key, { picture: value.type, bytes: new Uint8Array(await value.arrayBuffer()) } satisfies PackedPicture];
  });
  return Object.fromEntries(await Promise.all(entries));
}

function unpacked(row: object): object {
  const entries = Object.entries(row).map(([key, value]) => {
    const { picture, bytes } = (value ?? {}) as Partial<PackedPicture>;
    const isPicture = typeof picture === 'string' && bytes instanceof Uint8Array;
    return [key, isPicture ? new Blob([bytes], { type: picture }) : value];
  });
  return Object.fromEntries(entries);
}

/** Footage files in memory, for tests outside a browser. */
import type { FootageFiles } from './footage-files';

export function fakeFiles(): FootageFiles & { contents: Map<string, Uint8Array<ArrayBuffer>> } {
  const contents = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    contents,
    async create(name) {
      contents.set(name, new Uint8Array());
      return {
        write(bytes, position) {
          const before = contents.get(name)!;
          const after = new Uint8Array(Math.max(before.length, position + bytes.length));
          after.set(before);
          after.set(bytes, position);
          contents.set(name, after);
        },
        close: () => undefined,
      };
    },
    async save(name, blob) {
      contents.set(name, new Uint8Array(await blob.arrayBuffer()));
    },
    async read(name) {
      const bytes = contents.get(name);
      return bytes ? new File([bytes], name) : null;
    },
    async remove(name) {
      contents.delete(name);
    },
  };
}

/** Footage as files of the origin's own file system (OPFS): nobody else sees them, and the browser counts them as storage. */

/** A file being written in place: what has been written is there even after a crash. */
export interface OpenFile {
  write(bytes: Uint8Array<ArrayBuffer>, position: number): void;
  close(): void;
}

export interface FootageFiles {
  /** A new file to write to piece by piece; in workers only. */
  create(name: string): Promise<OpenFile>;
  /** Write a file as a whole. */
  save(name: string, contents: Blob): Promise<void>;
  /** Null where there is none of this name. */
  read(name: string): Promise<File | null>;
  /** Also where there is none. */
  remove(name: string): Promise<void>;
}

/** The folder `name`; made at the first use. Its calls reject with the browser's own errors. */
export function footageFiles(name = 'footage'): FootageFiles {
  const folder = async () => (await navigator.storage.getDirectory()).getDirectoryHandle(name, { create: true });
  const handleOf = async (file: string) => (await folder()).getFileHandle(file, { create: true });

  async function create(file: string): Promise<OpenFile> {
    const access = await (await handleOf(file)).createSyncAccessHandle();
    return {
      write(bytes, position) {
        access.write(bytes, { at: position });
        access.flush();
      },
      close: () => access.close(),
    };
  }

  return {
    create,
    async save(file, contents) {
      const handle = await handleOf(file);
      if ('createWritable' in handle) {
        const writable = await handle.createWritable();
        await writable.write(contents);
        return writable.close();
      }
      const open = await create(file);
      try {
        open.write(new Uint8Array(await contents.arrayBuffer()), 0);
      } finally {
        open.close();
      }
    },
    async read(file) {
      try {
        return await (await (await folder()).getFileHandle(file)).getFile();
      } catch (error) {
        if ((error as Error).name === 'NotFoundError') return null;
        throw error;
      }
    },
    async remove(file) {
      await (await folder()).removeEntry(file).catch((error: Error) => {
        if (error.name !== 'NotFoundError') throw error;
      });
    },
  };
}

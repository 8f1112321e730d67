/** The large files, models and WebAssembly: not fetched before they are needed, and from then on kept for use without a network. */

/** A file of this version of the app: address relative to the app's folder, and what tells its contents from another version's. */
export interface VersionedFile {
  url: string;
  revision: string | null;
}

export interface KeptFilesParts {
  files: VersionedFile[];
  /** Address of the app's folder, ending in '/'. */
  scope: string;
  openCache(): Promise<Pick<Cache, 'match' | 'put' | 'keys' | 'delete'>>;
  fetchFile(address: string, options?: RequestInit): Promise<Response>;
}

/** Whether a file is kept on its first use rather than when the app is first opened. */
export const isKeptOnUse = (url: string) => /^(models|wasm)\//.test(url);

export function createKeptFiles({ files, scope, openCache, fetchFile }: KeptFilesParts) {
  /** Address → the key of this version's contents. */
  const keys = new Map(
    files.map(({ url, revision }) => {
      const address = new URL(url, scope).href;
      return [address, `${address}?revision=${revision}`];
    }),
  );

  /** Keep a file that came whole; without room for it the app goes on. */
  async function keep(key: string, response: Response): Promise<void> {
    if (response.status !== 200) return;
    const cache = await openCache();
    await cache.put(key, response).catch(() => undefined);
  }

  async function keepEach(options?: RequestInit, wanted = (_: string) => true): Promise<void> {
    const cache = await openCache();
    for (const [address, key] of keys) {
      if (!wanted(address) || (await cache.match(key))) continue;
      const response = await fetchFile(address, options).catch(() => null);
      if (response) await keep(key, response);
    }
  }

  return {
    /** Whether the file at this address is one of them. */
    has: (address: string) => keys.has(address),
    /** The kept file, or else the server's, which is kept. Rejects without a network where it is not kept. */
    async serve(address: string): Promise<Response> {
      const key = keys.get(address) ?? address;
      const cache = await openCache();
      const kept = await cache.match(key);
      if (kept) return kept;
      const response = await fetchFile(address);
      await keep(key, response.clone());
      return response;
    },
    /** Keep what was fetched past the service worker: the browser's own cache still has it, and no request is made. */
    keepUsed: () => keepEach({ cache: 'only-if-cached', mode: 'same-origin' }),
    /** Keep all of them: about 8 MB. */
    keepAll: () => keepEach(),
    /** Keep this version of what is kept of another: what works without a network goes on to do so. */
    async renew(): Promise<void> {
      const cache = await openCache();
      const known = new Set((await cache.keys()).map(({ url }) => url.replace(/\?revision=.*$/, '')));
      await keepEach(undefined, (address) => known.has(address));
    },
    /** Forget the files of other versions. */
    async forgetOthers(): Promise<void> {
      const cache = await openCache();
      const current = new Set(keys.values());
      for (const { url } of await cache.keys()) if (!current.has(url)) await cache.delete(url);
    },
  };
}

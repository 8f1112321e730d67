import { describe, expect, it, vi } from 'vitest';
import { createKeptFiles, isKeptOnUse } from './kept-files';

const scope = 'https://host.example/sub/path/';
const model = { url: 'models/eye.bin', revision: 'a1' };
const address = `${scope}models/eye.bin`;

/** The part of a cache that is used, as a map. */
function fakeCache(stored = new Map<string, string>()) {
  return {
    stored,
    match: async (key: RequestInfo | URL) => {
      const body = stored.get(String(key));
      return body === undefined ? undefined : new Response(body);
    },
    put: async (key: RequestInfo | URL, response: Response) => void stored.set(String(key), await response.text()),
    keys: async () => [...stored.keys()].map((url) => new Request(url)),
    delete: async (key: RequestInfo | URL) => stored.delete(String(key)),
  };
}

function parts(cache = fakeCache(), fetchFile = vi.fn(async () => new Response('weights'))) {
  return {
    cache,
    fetchFile,
    kept: createKeptFiles({ files: [model], scope, openCache: async () => cache, fetchFile }),
  };
}

describe('kept files', () => {
  it('are the models and WebAssembly, below any path', () => {
    expect(['models/a.json', 'wasm/b.wasm', 'assets/index.js', 'index.html'].map(isKeptOnUse)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const { kept } = parts();
    expect(kept.has(address)).toBe(true);
    expect(kept.has('https://host.example/models/eye.bin')).toBe(false);
  });

  it('are fetched once', async () => {
    const { kept, fetchFile } = parts();
    expect(await (await kept.serve(address)).text()).toBe('weights');
    expect(await (await kept.serve(address)).text()).toBe('weights');
    expect(fetchFile).toHaveBeenCalledTimes(1);
  });

  it('are not kept where the server has an error', async () => {
    const { kept, cache } = parts(
      fakeCache(),
      vi.fn(async () => new Response('no', { status: 404 })),
    );
    expect((await kept.serve(address)).status).toBe(404);
    expect(cache.stored.size).toBe(0);
  });

  it('are served even where there is no room to keep them', async () => {
    const full = { ...fakeCache(), put: () => Promise.reject(new DOMException('full', 'QuotaExceededError')) };
    expect(await (await parts(full).kept.serve(address)).text()).toBe('weights');
  });

  it('of another version are neither served nor left behind', async () => {
    const { kept, cache, fetchFile } = parts(fakeCache(new Map([[`${address}?revision=a0`, 'old weights']])));
    expect(await (await kept.serve(address)).text()).toBe('weights');
    expect(fetchFile).toHaveBeenCalledTimes(1);
    await kept.forgetOthers();
    expect([...cache.stored.keys()]).toEqual([`${address}?revision=a1`]);
  });

  it('are renewed where another version’s are kept, and only there', async () => {
    const { kept, cache, fetchFile } = parts(fakeCache(new Map([[`${address}?revision=a0`, 'old weights']])));
    await kept.renew();
    await kept.forgetOthers();
    expect([...cache.stored]).toEqual([[`${address}?revision=a1`, 'weights']]);
    await kept.renew();
    expect(fetchFile).toHaveBeenCalledTimes(1);

    const unused = parts();
    await unused.kept.renew();
    expect(unused.fetchFile).not.toHaveBeenCalled();
  });

  it('that were fetched earlier are taken from the browser’s cache alone; others stay out', async () => {
    const inBrowser = parts();
    await inBrowser.kept.keepUsed();
    expect(inBrowser.fetchFile).toHaveBeenCalledWith(address, { cache: 'only-if-cached', mode: 'same-origin' });
    expect(inBrowser.cache.stored.size).toBe(1);
    await inBrowser.kept.keepAll();
    expect(inBrowser.fetchFile).toHaveBeenCalledTimes(1);

    const nowhere = parts(
      fakeCache(),
      vi.fn(() => Promise.reject(new TypeError('Failed to fetch'))),
    );
    await nowhere.kept.keepUsed();
    expect(nowhere.cache.stored.size).toBe(0);
  });
});

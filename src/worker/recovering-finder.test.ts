import { describe, expect, it, vi } from 'vitest';
import type { FoundObject } from '../detectors/detector';
import { createRecoveringFinder, type FinderEvents, type ObjectHost } from './recovering-finder';

const frame = { timeS: 0, width: 1, height: 1, data: new Uint8ClampedArray(4) };
const found: FoundObject[] = [];

/** Hosts that can be lost by hand; `find` of the first `stuck` hosts never answers. */
function fakeHosts(stuck = 0) {
  const lose: ((why: string) => void)[] = [];
  const disposed: number[] = [];
  const start = vi.fn(async (choice: string): Promise<ObjectHost> => {
    const index = lose.length;
    return {
      info: { backend: choice === 'wasm' ? 'wasm' : 'webgpu', reason: '', threads: 1 },
      embeddingSize: 128,
      tensors: 7,
      find: () => (index < stuck ? new Promise(() => undefined) : Promise.resolve(found)),
      prepare: async () => undefined,
      lost: new Promise((resolve) => lose.push(resolve)),
      dispose: () => disposed.push(index),
    };
  });
  return { start, lose, disposed };
}

const events = () =>
  ({ onProgress: vi.fn(), onRebuilding: vi.fn(), onRebuilt: vi.fn(), onGivenUp: vi.fn() }) satisfies FinderEvents;

describe('createRecoveringFinder', () => {
  it('does a search again that was under way when the worker was lost', async () => {
    const hosts = fakeHosts(1);
    const heard = events();
    const finder = await createRecoveringFinder(hosts.start, 'auto', heard);
    const search = finder.finder(true).find(frame);
    hosts.lose[0]('device lost');
    expect(await search).toBe(found);
    expect(heard.onRebuilding).toHaveBeenCalledExactlyOnceWith('device lost');
    expect(heard.onRebuilt).toHaveBeenCalledOnce();
    expect(hosts.disposed).toEqual([0]);
  });

  it('replaces a WebGPU that is lost again and again by WebAssembly', async () => {
    const hosts = fakeHosts();
    const finder = await createRecoveringFinder(hosts.start, 'auto', events());
    for (const index of [0, 1]) {
      hosts.lose[index]('lost');
      await vi.waitFor(() => expect(hosts.start).toHaveBeenCalledTimes(index + 2));
      await finder.finder(true).find(frame);
    }
    expect(finder.info.backend).toBe('wasm');
  });

  it('takes a failed search for a loss, and gives up with a sentence when it happens all the time', async () => {
    const hosts = fakeHosts();
    const failing = vi.fn(async (choice: string) => ({
      ...(await hosts.start(choice)),
      find: () => Promise.reject(new Error('out of memory')),
    }));
    const heard = events();
    const finder = await createRecoveringFinder(failing, 'auto', heard);
    await expect(finder.finder(true).find(frame)).rejects.toThrow(/out of memory.*Open the source again/);
    expect(await finder.finder(false).find(frame)).toEqual([]);
    expect(heard.onGivenUp).toHaveBeenCalledOnce();
    expect(failing).toHaveBeenCalledTimes(4);
  });
});

import { describe, expect, it, vi } from 'vitest';
import type { Found } from '../detectors/detector';
import type { NetworkOutput } from '../detectors/network-runner';
import type { MotionEncoder } from '../detectors/streams/motion-surprise';
import type { StreamInputs } from '../detectors/streams/stream-inputs';
import { createRecoveringTensors, type TensorEvents, type TensorHost, TensorsGaveUpError } from './recovering-tensors';

const frame = { timeS: 0, width: 1, height: 1, data: new Uint8ClampedArray(4) };
const found: Found = { objects: [], patches: null };
const inputs: StreamInputs = {
  timeS: 0,
  width: 2,
  height: 2,
  motion: new Float32Array(32),
  colour: new Float32Array(32),
};
const encoder: MotionEncoder = { hidden: [], mean: noLayer(), logVariance: noLayer() };

function noLayer() {
  return { kernel: new Float32Array(0), bias: new Float32Array(0) };
}

const output = ({ width, height }: StreamInputs): NetworkOutput => ({
  width,
  height,
  logits: new Float32Array(width * height),
  probability: 0.5,
  features: new Float32Array(0),
  attention: [],
  ranges: [],
});

/** Hosts that can be lost by hand; `find` of the first `stuck` hosts never answers. */
function fakeHosts(stuck = 0) {
  const lose: ((why: string) => void)[] = [];
  const disposed: number[] = [];
  const stepped: { host: number; begins: boolean }[] = [];
  const start = vi.fn(async (choice: string): Promise<TensorHost> => {
    const index = lose.length;
    return {
      info: { backend: choice === 'wasm' ? 'wasm' : 'webgpu', reason: '', threads: 1 },
      embeddingSize: 128,
      shipped: null,
      tensors: 7,
      find: () => (index < stuck ? new Promise(() => undefined) : Promise.resolve(found)),
      prepare: async () => undefined,
      step: async (inputs, begins) => {
        stepped.push({ host: index, begins });
        return index < stuck ? new Promise(() => undefined) : output(inputs);
      },
      fitMotion: () => (index < stuck ? new Promise(() => undefined) : Promise.resolve(encoder)),
      lost: new Promise((resolve) => lose.push(resolve)),
      dispose: () => disposed.push(index),
    };
  });
  return { start, lose, disposed, stepped };
}

const events = () =>
  ({ onProgress: vi.fn(), onRebuilding: vi.fn(), onRebuilt: vi.fn(), onGivenUp: vi.fn() }) satisfies TensorEvents;

describe('createRecoveringTensors', () => {
  it('does a search again that was under way when the worker was lost', async () => {
    const hosts = fakeHosts(1);
    const heard = events();
    const finder = await createRecoveringTensors(hosts.start, 'auto', heard);
    const search = finder.finder(true).find(frame);
    hosts.lose[0]('device lost');
    expect(await search).toBe(found);
    expect(heard.onRebuilding).toHaveBeenCalledExactlyOnceWith('device lost');
    expect(heard.onRebuilt).toHaveBeenCalledOnce();
    expect(hosts.disposed).toEqual([0]);
  });

  it('replaces a lost worker once, however long the next one takes and whoever finds out', async () => {
    const hosts = fakeHosts(1);
    let ready: () => void = () => undefined;
    const slow = vi.fn(async (choice: string) => {
      if (hosts.lose.length > 0)
        await new Promise<void>((resolve) => {
          ready = resolve;
        });
      return hosts.start(choice);
    });
    const tensors = await createRecoveringTensors(slow, 'auto', events());
    const searches = [tensors.finder(true).find(frame), tensors.network().step(inputs)];
    hosts.lose[0]('device lost');
    await new Promise((resolve) => setTimeout(resolve));
    ready();
    await Promise.all(searches);
    expect(slow).toHaveBeenCalledTimes(2);
    expect(hosts.disposed).toEqual([0]);
    tensors.dispose();
    expect(hosts.disposed).toEqual([0, 1]);
  });

  it('replaces a WebGPU that is lost again and again by WebAssembly', async () => {
    const hosts = fakeHosts();
    const finder = await createRecoveringTensors(hosts.start, 'auto', events());
    for (const index of [0, 1]) {
      hosts.lose[index]('lost');
      await vi.waitFor(() => expect(hosts.start).toHaveBeenCalledTimes(index + 2));
      await finder.finder(true).find(frame);
    }
    expect(finder.info.backend).toBe('wasm');
  });

  it('lets a network begin anew on the next worker, the step and the fit under way done again there', async () => {
    const hosts = fakeHosts(1);
    const network = (await createRecoveringTensors(hosts.start, 'auto', events())).network();
    const step = network.step(inputs);
    const fit = network.fitMotion({ count: 0, patches: new Float32Array(0), places: new Float32Array(0) }, 1);
    await vi.waitFor(() => expect(hosts.stepped).toHaveLength(1));
    hosts.lose[0]('crash');
    expect((await step).probability).toBe(0.5);
    expect(await fit).toBe(encoder);
    await network.step(inputs);
    network.reset();
    await network.step(inputs);
    expect(hosts.stepped).toEqual([
      { host: 0, begins: true },
      { host: 1, begins: true },
      { host: 1, begins: false },
      { host: 1, begins: true },
    ]);
  });

  it('rejects steps once it has given up, and says so once', async () => {
    const hosts = fakeHosts();
    const failing = async (choice: string) => ({
      ...(await hosts.start(choice)),
      step: () => Promise.reject(new Error('out of memory')),
    });
    const heard = events();
    const network = (await createRecoveringTensors(failing, 'auto', heard)).network();
    await expect(network.step(inputs)).rejects.toThrow(/lost its models.*out of memory.*Open the source again/);
    await expect(network.step(inputs)).rejects.toThrow(TensorsGaveUpError);
    expect(heard.onGivenUp).toHaveBeenCalledOnce();
  });

  it('takes a failed search for a loss, and gives up with a sentence when it happens all the time', async () => {
    const hosts = fakeHosts();
    const failing = vi.fn(async (choice: string) => ({
      ...(await hosts.start(choice)),
      find: () => Promise.reject(new Error('out of memory')),
    }));
    const heard = events();
    const finder = await createRecoveringTensors(failing, 'auto', heard);
    await expect(finder.finder(true).find(frame)).rejects.toThrow(/out of memory.*Open the source again/);
    expect(await finder.finder(false).find(frame)).toEqual({ objects: [], patches: null });
    expect(heard.onGivenUp).toHaveBeenCalledOnce();
    expect(failing).toHaveBeenCalledTimes(4);
  });
});

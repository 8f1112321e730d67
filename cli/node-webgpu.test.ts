import { afterEach, expect, it } from 'vitest';
import { provideWebgpu } from './node-webgpu';

const navigatorBefore = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
afterEach(() => {
  Reflect.deleteProperty(globalThis.navigator ?? {}, 'gpu');
  if (!navigatorBefore) Reflect.deleteProperty(globalThis, 'navigator');
  Reflect.deleteProperty(globalThis, 'GPUSomething');
});

it('says what to install where the package is missing', async () => {
  const missing = Object.assign(new Error("Cannot find package 'webgpu'"), { code: 'ERR_MODULE_NOT_FOUND' });
  await expect(provideWebgpu(() => Promise.reject(missing))).rejects.toThrow(
    'WebGPU in Node needs a package that is not installed: npm install --no-save webgpu. Or choose --backend wasm.',
  );
});

it('passes on what else is wrong with it', async () => {
  await expect(provideWebgpu(() => Promise.reject(new Error('no driver')))).rejects.toThrow('no driver');
});

it('puts the device where browsers have it, once', async () => {
  const gpu = {} as GPU;
  let created = 0;
  const create = () => {
    created++;
    return gpu;
  };
  const packaged = async () => ({ create, globals: { GPUSomething: 7 } });
  await provideWebgpu(packaged);
  await provideWebgpu(packaged);
  expect(navigator.gpu).toBe(gpu);
  expect((globalThis as unknown as Record<string, unknown>).GPUSomething).toBe(7);
  expect(created).toBe(1);
});

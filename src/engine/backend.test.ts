import { describe, expect, it, vi } from 'vitest';
import { BackendError, type Platform, startBackend } from './backend';

const platform = (given: Partial<Platform> = {}): Platform => ({
  webgpuRefusal: async () => null,
  simd: async () => true,
  threads: 2,
  startWebgpu: async () => undefined,
  startWasm: async () => undefined,
  ...given,
});

describe('startBackend', () => {
  it('takes WebGPU where an adapter answers', async () => {
    expect(await startBackend('auto', platform())).toMatchObject({ backend: 'webgpu' });
  });

  it('falls back to WebAssembly and says why', async () => {
    const refused = platform({ webgpuRefusal: async () => 'WebGPU is not available in this browser' });
    expect(await startBackend('auto', refused)).toEqual({
      backend: 'wasm',
      threads: 2,
      reason: 'WebGPU is not available in this browser; using WebAssembly (SIMD, 2 threads).',
    });
  });

  it('falls back where WebGPU is there but does not start', async () => {
    const broken = platform({ startWebgpu: () => Promise.reject(new Error('no device.')), threads: 1 });
    expect((await startBackend('webgpu', broken)).reason).toBe(
      'WebGPU could not be started (no device); using WebAssembly (SIMD, 1 thread).',
    );
  });

  it('accepts a software adapter only where WebGPU was asked for by name', async () => {
    const webgpuRefusal = vi.fn(async (software: boolean) => (software ? null : 'software'));
    expect((await startBackend('auto', platform({ webgpuRefusal }))).backend).toBe('wasm');
    expect((await startBackend('webgpu', platform({ webgpuRefusal }))).backend).toBe('webgpu');
  });

  it('does not ask for WebGPU where WebAssembly was chosen', async () => {
    const startWebgpu = vi.fn();
    expect(await startBackend('wasm', platform({ startWebgpu }))).toMatchObject({ backend: 'wasm' });
    expect(startWebgpu).not.toHaveBeenCalled();
  });

  it('refuses clearly where neither runs', async () => {
    const neither = platform({
      webgpuRefusal: async () => 'WebGPU is not available in this browser',
      simd: async () => false,
    });
    await expect(startBackend('auto', neither)).rejects.toThrow(BackendError);
    await expect(startBackend('auto', neither)).rejects.toThrow(/lacks SIMD\. Open Oriel in a current/);
  });
});

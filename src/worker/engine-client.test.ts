import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEngineClient } from './engine-client';

/** Workers that answer nothing and can be made to crash. */
class SilentWorker extends EventTarget {
  static readonly started: SilentWorker[] = [];
  onerror: ((event: { message: string; preventDefault(): void }) => void) | null = null;
  postMessage = vi.fn();
  terminate = vi.fn();
  constructor() {
    super();
    SilentWorker.started.push(this);
  }
  crash(message: string) {
    this.onerror?.({ message, preventDefault: () => undefined });
  }
}

const { started } = SilentWorker;
afterEach(() => {
  started.length = 0;
  vi.unstubAllGlobals();
});

describe('the engine client', () => {
  it('starts a worker when it is asked for something, and after a crash only when asked again', async () => {
    vi.stubGlobal('Worker', SilentWorker);
    const onCrash = vi.fn();
    const leaveAll = vi.fn();
    const tensors = { seats: () => ({ take: vi.fn(), leave: vi.fn(), leaveAll }) };
    const { engine, dispose } = createEngineClient('/', tensors, { listener: () => undefined, onCrash });
    expect(started).toHaveLength(0);
    const loading = engine.load('auto', 'hybrid');
    started[0].crash('no such file');
    await expect(loading).rejects.toThrow('stopped unexpectedly (no such file)');
    expect(onCrash).toHaveBeenCalledExactlyOnceWith('no such file');
    expect(started[0].terminate).toHaveBeenCalled();
    expect(leaveAll).toHaveBeenCalledOnce();
    expect(started).toHaveLength(1);
    const again = engine.load('auto', 'hybrid');
    expect(started).toHaveLength(2);
    started[1].crash('no such file');
    await expect(again).rejects.toThrow('no such file');
    expect(started).toHaveLength(2);
    dispose();
  });
});

import { describe, expect, it, vi } from 'vitest';
import type { ToTensorWorker } from './tensor.worker';
import { createTensorPool } from './tensor-pool';

/** Tensor workers that only note what they are told. */
function fakeWorkers() {
  const started: { told: string[]; ended: boolean; crash(message: string): void; say(why: string): void }[] = [];
  const start = () => {
    const told: string[] = [];
    const worker = {
      onerror: null as ((event: object) => void) | null,
      onmessage: null as ((event: object) => void) | null,
      postMessage: (message: ToTensorWorker) => void told.push(`${message.type} ${message.id}`),
      terminate: () => {
        state.ended = true;
      },
    };
    const state = {
      told,
      ended: false,
      crash: (message: string) => worker.onerror?.({ message, preventDefault: () => undefined }),
      say: (why: string) => worker.onmessage?.({ data: { type: 'lost', why } }),
    };
    started.push(state);
    return worker as unknown as Worker;
  };
  return { started, pool: createTensorPool(start) };
}

const nobody = () => undefined;

describe('the pool of tensor workers', () => {
  it('seats all engines of one backend at one worker, and ends it when the last has left', async () => {
    const { pool, started } = fakeWorkers();
    const [first, second] = [pool.seats(), pool.seats()];
    const a = await first.take('auto', nobody);
    const b = await second.take('auto', nobody);
    expect(started).toHaveLength(1);
    expect(started[0].told).toEqual([`seat ${a.id}`, `seat ${b.id}`]);
    expect(a.port).not.toBe(b.port);
    first.leave(a.id, false);
    expect(started[0]).toMatchObject({ ended: false, told: [`seat ${a.id}`, `seat ${b.id}`, `leave ${a.id}`] });
    second.leave(b.id, false);
    expect(started[0].ended).toBe(true);
    await first.take('auto', nobody);
    expect(started).toHaveLength(2);
  });

  it('starts another worker for another backend', async () => {
    const { pool, started } = fakeWorkers();
    await pool.seats().take('auto', nobody);
    await pool.seats().take('wasm', nobody);
    expect(started).toHaveLength(2);
  });

  it('tells everyone once that the worker is gone, by a crash or with its device, and seats them together anew', async () => {
    for (const end of ['crash', 'say'] as const) {
      const { pool, started } = fakeWorkers();
      const [first, second] = [pool.seats(), pool.seats()];
      const lost = [vi.fn(), vi.fn()];
      const a = await first.take('auto', lost[0]);
      await second.take('auto', lost[1]);
      started[0][end]('out of memory');
      for (const each of lost) expect(each).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('out of memory'));
      expect(started[0].ended).toBe(true);
      first.leave(a.id, true);
      await first.take('auto', nobody);
      await second.take('auto', nobody);
      expect(started).toHaveLength(2);
    }
  });

  it('gives who found the worker broken another one, and leaves the others where they are', async () => {
    const { pool, started } = fakeWorkers();
    const [first, second] = [pool.seats(), pool.seats()];
    const a = await first.take('auto', nobody);
    await second.take('auto', nobody);
    first.leave(a.id, true);
    await first.take('auto', nobody);
    expect(started).toHaveLength(2);
    expect(started[0].ended).toBe(false);
    expect(started[1].told).toHaveLength(1);
  });

  it('takes back the seats of an engine that crashed', async () => {
    const { pool, started } = fakeWorkers();
    const [crashed, other] = [pool.seats(), pool.seats()];
    const { id } = await crashed.take('auto', nobody);
    await other.take('auto', nobody);
    crashed.leaveAll();
    expect(started[0]).toMatchObject({ ended: false, told: expect.arrayContaining([`leave ${id}`]) });
    other.leaveAll();
    expect(started[0].ended).toBe(true);
  });
});

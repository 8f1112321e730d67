/** What a result was measured on, in words. */
import { cpus } from 'node:os';

/** `backend`: what tensors run on. */
export const machine = (threads: number, backend = 'WASM'): string =>
  `${cpus()[0]?.model ?? 'unknown processor'}, ${threads} ${threads === 1 ? 'thread' : 'threads'}, Node ${process.versions.node}, ${backend}`;

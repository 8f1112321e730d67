/** What a result was measured on, in words. */
import { cpus } from 'node:os';

export const machine = (threads: number): string =>
  `${cpus()[0]?.model ?? 'unknown processor'}, ${threads} ${threads === 1 ? 'thread' : 'threads'}, Node ${process.versions.node}, WASM`;

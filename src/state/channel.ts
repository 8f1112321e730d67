/** Values that change with every frame, on their way past the state. */

/** Hands values to whoever listens, past the state; what nobody takes is disposed of. */
export function createChannel<T>(dispose: (value: T) => void) {
  const listeners = new Set<(value: T) => void>();
  return {
    send(value: T) {
      if (listeners.size === 0) dispose(value);
      for (const listener of listeners) listener(value);
    },
    listen(listener: (value: T) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Messages to the page, each kind one at a time: the next waits until the page has taken the one before. */
import type { EngineMessage } from './protocol';

export type Listener = (message: EngineMessage) => Promise<void> | void;

export interface Messenger {
  /** Deliver, after the kind's previous message was acknowledged. Resolves on delivery, not on acknowledgement: await it and no queue grows. */
  send(message: EngineMessage): Promise<void>;
  /** Deliver unless the kind's previous message is still unacknowledged; for news that a later message replaces. */
  offer(type: EngineMessage['type'], make: () => EngineMessage | Promise<EngineMessage>): Promise<void>;
  /** Resolves when all that was sent is acknowledged. */
  settled(): Promise<void>;
}

/** `listener` is asked for at each message, since the page registers it after the engine is made. */
export function createMessenger(listener: () => Listener | null): Messenger {
  const unacknowledged = new Map<EngineMessage['type'], Promise<void>>();

  async function send(message: EngineMessage): Promise<void> {
    while (unacknowledged.has(message.type)) await unacknowledged.get(message.type);
    const acknowledged = deliver(message).finally(() => {
      if (unacknowledged.get(message.type) === acknowledged) unacknowledged.delete(message.type);
    });
    unacknowledged.set(message.type, acknowledged);
  }

  /** A page that cannot take a message (it is being closed) must not stop the engine. */
  async function deliver(message: EngineMessage): Promise<void> {
    try {
      await listener()?.(message);
    } catch (error) {
      console.warn(`The page did not take the message '${message.type}':`, error);
    }
  }

  return {
    send,
    async offer(type, make) {
      if (unacknowledged.has(type)) return;
      await send(await make());
    },
    async settled() {
      while (unacknowledged.size > 0) await Promise.all(unacknowledged.values());
    },
  };
}

/**
 * The page's tensor workers: one for each backend that is asked for, shared by the engine workers of all sources. Each engine
 * has a seat at it: a port of its own, so that the page hears nothing of their work. The page starts the worker, notices when it is gone, and
 * ends it when nobody sits there any more.
 */
import { transfer } from 'comlink';
import type { BackendChoice } from '../engine/backend';
import type { FromTensorWorker, ToTensorWorker } from './tensor.worker';

/** A place at a tensor worker: `port` speaks `TensorService`. */
export interface Seat {
  id: number;
  port: MessagePort;
}

/** What an engine worker asks of the page. */
export interface TensorSeats {
  /** A seat at the worker of this backend; `onLost` is called once, with a sentence, when that worker is gone. */
  take(choice: BackendChoice, onLost: (why: string) => void): Seat | Promise<Seat>;
  /** Give a seat back. Of a `broken` worker nobody gets another seat; those who sit there may find out for themselves. */
  leave(id: number, broken: boolean): void | Promise<void>;
}

export interface TensorPool {
  /** The seats of one engine worker; `leaveAll` gives back what it left when it went. */
  seats(): TensorSeats & { leaveAll(): void };
}

/** One worker and who sits at it. */
interface Table {
  worker: Worker;
  choice: BackendChoice;
  seated: Map<number, (why: string) => void>;
}

const startTensorWorker = () =>
  new Worker(new URL('./tensor.worker.ts', import.meta.url), { type: 'module', name: 'tensors' });

export function createTensorPool(startWorker: () => Worker = startTensorWorker): TensorPool {
  /** The worker at which the next seat is taken, by backend. */
  const open = new Map<BackendChoice, Table>();
  let seats = 0;

  function start(choice: BackendChoice): Table {
    const table: Table = { worker: startWorker(), choice, seated: new Map() };
    table.worker.onerror = (event) => {
      event.preventDefault();
      lose(table, `the tensor worker crashed: ${event.message || 'unknown reason'}`);
    };
    table.worker.onmessage = ({ data }: MessageEvent<FromTensorWorker>) => lose(table, data.why);
    open.set(choice, table);
    return table;
  }

  function retire(table: Table): void {
    if (open.get(table.choice) === table) open.delete(table.choice);
  }

  function lose(table: Table, why: string): void {
    retire(table);
    table.worker.terminate();
    for (const onLost of table.seated.values()) onLost(why);
    table.seated.clear();
  }

  function sit(choice: BackendChoice, onLost: (why: string) => void): { seat: Seat; table: Table } {
    const table = open.get(choice) ?? start(choice);
    const { port1, port2 } = new MessageChannel();
    const id = seats++;
    table.seated.set(id, onLost);
    tell(table, { type: 'seat', id, port: port1 }, [port1]);
    return { seat: { id, port: port2 }, table };
  }

  function rise(table: Table, id: number, broken: boolean): void {
    if (!table.seated.delete(id)) return;
    if (broken) retire(table);
    if (table.seated.size > 0) tell(table, { type: 'leave', id });
    else {
      retire(table);
      table.worker.terminate();
    }
  }

  return {
    seats() {
      const taken = new Map<number, Table>();
      return {
        take(choice, onLost) {
          const { seat, table } = sit(choice, onLost);
          taken.set(seat.id, table);
          return transfer(seat, [seat.port]);
        },
        leave(id, broken) {
          const table = taken.get(id);
          taken.delete(id);
          if (table) rise(table, id, broken);
        },
        leaveAll() {
          for (const [id, table] of taken) rise(table, id, false);
          taken.clear();
        },
      };
    },
  };
}

const tell = ({ worker }: Table, message: ToTensorWorker, moved: Transferable[] = []) =>
  worker.postMessage(message, moved);

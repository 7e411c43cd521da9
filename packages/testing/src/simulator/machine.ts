import {
  CommitUncertain,
  LostRace,
  type PaymentProvider,
  type ReadTx,
  type Storage,
  StorageUnavailable,
  type WriteTx,
} from '@ticketi/core';
import type { Danger, Fault } from './faults.ts';
import { type Journal, nothingWritten, type Written } from './journal.ts';
import { recording } from './recording.ts';

/** The process that Ticketi runs in. When it dies, nothing that it began is answered any more. */
export interface Life {
  readonly storage: Storage;
  readonly isOver: boolean;
  end(): void;
  /** Resolves when it dies. */
  readonly over: Promise<void>;
  /** Resolves when the database has ended what the process had under way. */
  settled(): Promise<void>;
  /** What is said to a process that is gone by then is heard by nobody. */
  answer<T>(work: () => Promise<T>): Promise<T>;
}

/** For tests of the simulator: what is done wrong between Ticketi and what it stands on. */
export interface Sabotage {
  readonly tx?: (tx: WriteTx) => WriteTx;
  readonly read?: (tx: ReadTx) => ReadTx;
  readonly provider?: (provider: PaymentProvider) => PaymentProvider;
}

export interface MachineParts {
  readonly storage: Storage;
  readonly journal: Journal;
  readonly danger: Danger;
  readonly sabotage: Sabotage | undefined;
}

const never = <T>(): Promise<T> => new Promise(() => {});

/** Starts a process on a storage that outlives it, and notes what is committed there. */
export function startLife({ storage, journal, danger, sabotage }: MachineParts): Life {
  let isOver = false;
  const { promise: over, resolve: end } = Promise.withResolvers<void>();

  const underWay = new Set<Promise<unknown>>();

  function die(): void {
    isOver = true;
    end();
  }

  async function answer<T>(work: () => Promise<T>): Promise<T> {
    if (isOver) return never();
    const running = work();
    underWay.add(running);
    try {
      const value = await running;
      return isOver ? never() : value;
    } catch (error) {
      return isOver ? never() : Promise.reject(error);
    } finally {
      underWay.delete(running);
    }
  }

  async function write<T>(work: (tx: WriteTx) => Promise<T>): Promise<T> {
    const fault = danger.strikes('write');
    if (fault?.kind === 'begin_fails') throw unavailable();
    const trouble = fault === undefined ? undefined : troubleOf(fault, die);
    let written: Written = nothingWritten();
    const value = await storage.write(async (tx) => {
      if (isOver) throw new Error('The process is gone.');
      // After a conflict it runs again, and has written nothing yet.
      written = nothingWritten();
      trouble?.begin();
      const result = await work(through(tx, written, trouble));
      trouble?.end();
      if (isOver) throw new Error('The process is gone.');
      return result;
    });
    journal.commit(written);
    if (fault?.kind === 'dies_after_commit') die();
    if (fault?.kind === 'commit_unheard') throw new CommitUncertain('The connection broke.');
    return value;
  }

  /** Ticketi, then what is done wrong, then the note of what was written, then what goes wrong. */
  function through(tx: WriteTx, written: Written, trouble: Trouble | undefined): WriteTx {
    const within = trouble === undefined ? tx : breakable(tx, trouble);
    const noted = recording(within, written, (tasks) =>
      tx.together(tasks.map((task) => (own: WriteTx) => task(through(own, written, trouble)))),
    );
    if (sabotage?.tx === undefined) return noted;
    return Object.create(noted, Object.getOwnPropertyDescriptors(sabotage.tx(noted)));
  }

  return {
    storage: {
      ...storage,
      write: (work) => answer(() => write(work)),
      read: (work) =>
        answer(() =>
          danger.strikes('read') === undefined
            ? storage.read((tx) => work(sabotage?.read?.(tx) ?? tx))
            : Promise.reject(unavailable()),
        ),
      close: () => Promise.resolve(),
    },
    get isOver() {
      return isOver;
    },
    end: die,
    over,
    async settled() {
      await Promise.allSettled(underWay);
    },
    answer,
  };
}

/** What goes wrong inside one transaction. */
interface Trouble {
  begin(): void;
  /** Called before each call of the storage; the error that it ends with instead. */
  next(): Error | undefined;
  /** Called before the commit; throws when there is none. */
  end(): void;
}

function troubleOf({ kind, calls }: Fault, die: () => void): Trouble {
  let left = calls;
  let broken: Error | undefined;
  let strikes = kind === 'statement_fails' || kind === 'conflict' || kind === 'dies_in_transaction';

  function strike(): Error {
    strikes = false;
    if (kind === 'dies_in_transaction') die();
    broken = kind === 'conflict' ? new LostRace('Somebody was there first.') : unavailable();
    return broken;
  }
  return {
    begin() {
      broken = undefined;
    },
    next() {
      if (broken !== undefined || !strikes) return broken;
      left -= 1;
      return left < 0 ? strike() : undefined;
    },
    end() {
      const error = broken ?? (strikes ? strike() : undefined);
      if (error !== undefined) throw error;
      if (kind === 'commit_undone') throw new CommitUncertain('The connection broke.');
    },
  };
}

/** A transaction whose connection may break at any call of any verb. */
function breakable<Part extends object>(part: Part, trouble: Trouble): Part {
  return new Proxy(part, {
    get(inner, key) {
      const value: unknown = Reflect.get(inner, key);
      if (typeof value === 'function') {
        return (...given: unknown[]): unknown => {
          const error = trouble.next();
          return error === undefined ? Reflect.apply(value, inner, given) : Promise.reject(error);
        };
      }
      return typeof value === 'object' && value !== null ? breakable(value, trouble) : value;
    },
  });
}

function unavailable(): StorageUnavailable {
  return new StorageUnavailable('EPIPE', { cause: new Error('a fault of the simulator') });
}

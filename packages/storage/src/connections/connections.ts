import type { Connection, SessionUse } from '../sql.ts';

/** Where transactions get a connection of their own, and give it back. */
export interface Connections {
  /** What may be kept in a session; undefined: nothing, because it is somebody else's. */
  readonly sessions?: SessionUse;
  /** Waits for its turn, in order. */
  acquire(): Promise<Connection>;
  /** Gives a connection back on which no transaction is open. */
  release(connection: Connection): Promise<void>;
  /** Gives a connection back that may be broken, or still inside a transaction: nobody gets it again. */
  discard(connection: Connection, why: unknown): Promise<void>;
  /** Runs a write, its tries on a busy database included, when no other one should be trying. */
  inTurn<T>(write: () => Promise<T>): Promise<T>;
  /** Closes what is ours; a host's own pool or database stays open. */
  close(): Promise<void>;
}

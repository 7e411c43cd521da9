import type { Knex } from 'knex';
import { needDriver } from '../driver-error.ts';
import type { Connection } from '../sql.ts';
import type { Connections } from './connections.ts';

/** What is asked of a client of `pg`. */
export interface PgClient {
  query(...query: never[]): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
}

export interface PgPoolClient extends PgClient {
  release(destroy?: Error | boolean): void;
}

/** What is asked of a `pg.Pool`, a host's own or one that wraps it. */
export interface PgPool {
  connect(): Promise<PgPoolClient>;
}

/**
 * A connection that breaks while it is lent says so on its next statement;
 * without a listener the `error` event would end the process.
 */
const ignore = () => {};

/** Writers meet at the rows that they share, and nowhere before. */
const atOnce = <T>(write: () => Promise<T>): Promise<T> => write();

/** The pool as it is, with nothing set on its connections. */
export function poolConnections(pool: PgPool, close: () => Promise<void>): Connections {
  const lent = new Map<Connection, PgPoolClient>();
  const takeBack = (connection: Connection): PgPoolClient | undefined => {
    const client = lent.get(connection);
    lent.delete(connection);
    client?.off('error', ignore);
    return client;
  };
  return {
    async acquire() {
      const client = await pool.connect();
      client.on('error', ignore);
      lent.set(client, client);
      return client;
    },
    async release(connection) {
      takeBack(connection)?.release();
    },
    async discard(connection, why) {
      takeBack(connection)?.release(why instanceof Error ? why : true);
    },
    inTurn: atOnce,
    close,
  };
}

/**
 * A pool of our own for an address. Its connections take a statement before they
 * have answered the last, and keep the ones that insert prepared: behind a pooler
 * that gives each transaction another session the first of these fails, and from
 * then on nothing is prepared.
 */
export async function ownPool(connectionString: string): Promise<Connections> {
  const { default: pg } = await needDriver('pg', () => import('pg'));
  const pool = new pg.Pool({ connectionString, pipeline: true });
  // An idle connection that breaks is out of the pool by then; nothing else is to be done.
  pool.on('error', ignore);
  // One that is being closed is the pool's no more; the server may end it first.
  pool.on('connect', (client) => client.on('error', () => {}));
  let prepares = true;
  return {
    ...poolConnections(pool, () => pool.end()),
    sessions: {
      prepares: () => prepares,
      lostPrepared: () => {
        prepares = false;
      },
    },
  };
}

/** knex's own way to lend connections, which its `client` has but its types leave open. */
interface KnexClient {
  readonly driverName?: string;
  acquireConnection(): Promise<PgClient>;
  releaseConnection(connection: Connection): Promise<void>;
}

/** The connections of a host's knex. Its wrappers and hooks do not see our statements. */
export function knexConnections(knex: Knex): Connections {
  const client: KnexClient = knex.client;
  if (client.driverName !== 'pg') {
    throw new TypeError('This knex does not speak to PostgreSQL through pg.');
  }
  const lent = new Map<Connection, PgClient>();
  const giveBack = async (connection: Connection) => {
    lent.get(connection)?.off('error', ignore);
    lent.delete(connection);
    await client.releaseConnection(connection);
  };
  return {
    async acquire() {
      const connection = await client.acquireConnection();
      connection.on('error', ignore);
      lent.set(connection, connection);
      return connection;
    },
    release: giveBack,
    async discard(connection, why) {
      // The mark by which knex knows a connection that it must not lend again.
      Object.assign(connection, { __knex__disposed: why ?? true });
      await giveBack(connection);
    },
    inTurn: atOnce,
    close: async () => {},
  };
}

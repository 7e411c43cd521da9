import { LostRace } from '@ticketi/core';
import type { Knex } from 'knex';
import { type Column, recordOf } from './columns.ts';
import type { Bound, Dialect, Outcome } from './dialect/dialect.ts';
import { gather, type Task, type Verb } from './gathering.ts';

/** A driver's connection; only its own dialect and pool look inside. */
export type Connection = object;

/** Statements on one connection, inside one transaction. */
export interface Sql {
  readonly dialect: Dialect;
  /** Runs a statement and tells how many rows it changed. */
  run(statement: string, values?: readonly Bound[]): Promise<number>;
  /** Runs a statement and gives its rows as records. */
  rows<Row>(
    columns: readonly Column[],
    statement: string,
    values?: readonly Bound[],
  ): Promise<Row[]>;
  /** Runs a query that knex's builder made. */
  select<Row>(columns: readonly Column[], build: (knex: Knex) => Knex.QueryBuilder): Promise<Row[]>;
  /**
   * Sends a statement whose answer nobody waits for, as an INSERT: what is sent
   * after it finds what it did. When it fails, or `check` throws at the number
   * of rows that it changed, the transaction does.
   */
  send(
    statement: string,
    values: readonly Bound[],
    check?: (changes: number) => void,
  ): Promise<void>;
  /** Asks one thing of a verb: in a statement of its own, or with those of its neighbours. */
  ask<Question, Answer>(verb: Verb<Question, Answer>, question: Question): Promise<Answer>;
  /** Runs tasks side by side; what they ask of a verb meanwhile is asked together. */
  together<T>(tasks: readonly Task<T>[]): Promise<T[]>;
}

/** An `Sql` as whoever drives the transaction has it. */
export interface DrivenSql extends Sql {
  /** Begins the transaction; on a connection that pipelines, with its first read. */
  begin(statement: string): Promise<void>;
  /** Runs what ends the transaction or a part of it, whatever failed before. */
  control(statement: string): Promise<void>;
  /** Waits for what was sent; throws when a statement failed, also if the work went on. */
  settle(): Promise<void>;
  /** The statement that failed first: those after it only fail because of it. */
  firstFailure(): unknown;
  /** From here on the connection is somebody else's: statements throw. */
  end(): void;
}

/** Whether sessions keep prepared statements for us. */
export interface SessionUse {
  readonly prepares: () => boolean;
  /** Told when a session turned out to have lost one, as behind a pooler. */
  readonly lostPrepared: () => void;
}

const keepsNothing: SessionUse = { prepares: () => false, lostPrepared: () => {} };

export function createSql(
  knex: Knex,
  dialect: Dialect,
  connection: Connection,
  { prepares, lostPrepared }: SessionUse = keepsNothing,
): DrivenSql {
  const pipelines = dialect.pipelines(connection);
  const unanswered = new Set<Promise<unknown>>();
  let ended = false;
  let begun: Promise<unknown> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let failure: { readonly error: unknown; heard: boolean } | undefined;

  /** One after another, unless the connection takes the next before it has answered the last. */
  function inOrder(work: () => Promise<Outcome>): Promise<Outcome> {
    if (ended) {
      return Promise.reject(
        new Error('The transaction has ended. Was one of its statements not awaited?'),
      );
    }
    const result = pipelines ? work() : last.then(work, work);
    const over = result.then(ignore, ignore);
    last = over;
    unanswered.add(over);
    void over.then(() => unanswered.delete(over));
    return result;
  }

  /**
   * Keeps the first failure, at the moment of its answer: what was sent after it
   * fails only because of it, and may be awaited by somebody who hears of that first.
   */
  function failed(error: unknown, statement?: string): never {
    if (failure === undefined) {
      // A failed transaction prepares nothing, so it may seem lost to those behind.
      if (dialect.hasLostPrepared(error)) lostPrepared();
      // The statement and not its values, which are personal data.
      if (statement !== undefined && error instanceof Error) {
        error.message = `${statement} - ${error.message}`;
      }
    }
    if (failure === undefined || (dialect.isAborted(failure.error) && !dialect.isAborted(error))) {
      failure = { error, heard: false };
    }
    throw error;
  }

  /** Waits for the answer, and for those before it: after a failure there is none. */
  async function answered(outcome: Promise<Outcome>): Promise<Outcome> {
    const before = [...unanswered];
    const [result] = await Promise.allSettled([outcome]);
    if (before.length > 0) await Promise.all(before);
    if (failure !== undefined) throw heard(failure);
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  }

  function heard(first: { readonly error: unknown; heard: boolean }): unknown {
    first.heard = true;
    return first.error;
  }

  const execute = (
    statement: string,
    values: readonly Bound[],
    check: (changes: number) => void = ignore,
  ): Promise<Outcome> =>
    inOrder(() =>
      dialect.send(connection, statement, values, prepares()).then(
        (outcome) => {
          try {
            check(outcome.changes);
          } catch (error) {
            failed(error);
          }
          return outcome;
        },
        (error: unknown) => failed(error, statement),
      ),
    );

  const sql: DrivenSql = {
    dialect,
    async begin(statement) {
      const done = execute(statement, []);
      begun = done;
      const ready = done.then(() => {
        begun = undefined;
      });
      if (pipelines) ready.catch(() => {});
      else await ready;
    },
    async control(statement) {
      await execute(statement, []);
    },
    async run(statement, values = []) {
      if (begun !== undefined) await begun;
      return (await answered(execute(statement, values))).changes;
    },
    async rows<Row>(columns: readonly Column[], statement: string, values: readonly Bound[] = []) {
      // A read may go out with BEGIN: should that fail, it did no harm outside of a transaction.
      if (begun !== undefined && !statement.startsWith('SELECT')) await begun;
      const { rows } = await answered(execute(statement, values));
      if (begun !== undefined) await begun;
      return rows.map((row) => recordOf<Row>(columns, row, dialect.read));
    },
    async select<Row>(columns: readonly Column[], build: (knex: Knex) => Knex.QueryBuilder) {
      if (begun !== undefined) await begun;
      const query = inOrder(async () => {
        try {
          const built = build(knex).connection(connection).options(dialect.statementOptions);
          return dialect.outcomeOf(await built);
        } catch (error) {
          return failed(error);
        }
      });
      const { rows } = await answered(query);
      return rows.map((row) => recordOf<Row>(columns, row, dialect.read));
    },
    async send(statement, values, check) {
      if (begun !== undefined) await begun;
      const done = execute(statement, values, check);
      // On a connection that pipelines, `failed` keeps what goes wrong for whoever asks next.
      if (!pipelines) await answered(done);
    },
    ask: (verb, question) => verb.one(sql, question),
    async together<T>(tasks: readonly Task<T>[]) {
      const [only] = tasks;
      if (only === undefined) return [];
      return tasks.length === 1 ? [await only(sql)] : gather(sql, tasks);
    },
    async settle() {
      if (begun !== undefined) await begun;
      while (unanswered.size > 0) await Promise.all(unanswered);
      if (failure === undefined) return;
      if (!failure.heard || failure.error instanceof LostRace) throw failure.error;
      throw new Error(
        'A statement of the transaction failed and the work went on; all of it was rolled back.',
        { cause: failure.error },
      );
    },
    firstFailure: () => failure?.error,
    end() {
      ended = true;
    },
  };
  return sql;
}

function ignore(): void {}

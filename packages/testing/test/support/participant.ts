import { setTimeout } from 'node:timers/promises';
import {
  type Actor,
  type Clock,
  type OperationName,
  plusMinutes,
  type Storage,
  TicketiError,
} from '@ticketi/core';
import { postgres } from '@ticketi/storage/postgres';
import { sqlite } from '@ticketi/storage/sqlite';
import { ticketiOn } from './databases.ts';
import { unguardedDatabase } from './unguarded-sqlite.ts';

export interface Call {
  readonly operation: OperationName;
  readonly actor: Actor;
  readonly input: object;
  readonly idempotencyKey: string | undefined;
  /** How long it waits after the start, so that a race has more than one end. */
  readonly afterMillis: number;
  /** Made on a server whose clock is a minute behind the others. */
  readonly behindNow: boolean;
}

export type Outcome =
  | { readonly status: 'done'; readonly output: unknown }
  | { readonly status: 'refused'; readonly code: string }
  | { readonly status: 'failed'; readonly message: string };

/** On which database a process takes part. */
export interface Start {
  readonly dialect: 'sqlite' | 'postgres';
  readonly at: string;
  /** Whether its guards are switched off, at the driver. */
  readonly unguarded: boolean;
}

export function storageOf({ dialect, at, unguarded }: Start): Storage {
  if (dialect === 'postgres') return postgres({ connectionString: at });
  return unguarded ? sqlite({ database: () => unguardedDatabase(at) }) : sqlite(at);
}

/** One Ticketi of a race, with its own connections and a clock that the race sets. */
export async function openParticipant(storage: Storage) {
  let instant = '2027-06-01T12:00:00.000Z';
  const ticketi = await ticketiOn(storage, { now: () => instant }, { migrate: false });

  // The same server with a clock that is a minute behind.
  const slow: Clock = { now: () => plusMinutes(instant, -1) };
  const behind = await ticketiOn(storage, slow, { migrate: false });

  async function make(made: Call): Promise<Outcome> {
    const { operation, actor, input, idempotencyKey, afterMillis, behindNow } = made;
    if (afterMillis > 0) await setTimeout(afterMillis);
    try {
      const output = await (behindNow ? behind : ticketi)
        .as(actor)
        .call(operation, input, { idempotencyKey });
      return { status: 'done', output };
    } catch (error) {
      if (error instanceof TicketiError) return { status: 'refused', code: error.code };
      return { status: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  }

  return {
    run(calls: readonly Call[], now: string): Promise<Outcome[]> {
      instant = now;
      return Promise.all(calls.map(make));
    },
    close: () => ticketi.close(),
  };
}

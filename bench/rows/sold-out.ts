import { setTimeout as sleep } from 'node:timers/promises';
import { isTicketiError, type Ticketi } from '@ticketi/core';
import pg from 'pg';
import { contest } from '../contest.ts';
import { type Aim, atLeast, type Result } from '../result.ts';
import type { Base } from '../stage/base.ts';
import { hotEvent, open } from '../stage/event.ts';
import { proveRecords } from '../stage/proof.ts';
import { QUANTITY } from '../yardsticks/purchase.ts';
import type { BenchRow } from './row.ts';

const BUYERS = 64;

/** Buyers who come when everything is gone, beside buyers who still get something. */
export const soldOut: BenchRow = {
  name: 'sold-out',
  async run({ effort, postgres }) {
    const base = await postgres();
    const ticketi = await open(base);
    try {
      const full = await asksAt(ticketi, QUANTITY);
      const roomy = await asksAt(ticketi, null);
      if (!(await full.ask(0))) throw new Error('The only places were not to be had.');
      await base.settle();
      const figures = await contest({ ...effort, buyers: BUYERS }, [
        { name: 'ours', request: (buyer) => expecting(false, full.ask(buyer)) },
        { name: 'holds', request: (buyer) => expecting(true, roomy.ask(buyer)) },
      ]);
      const aims = [
        atLeast('of holds', 1, figures.ours, figures.holds),
        await withoutLock(base, full),
      ];
      await proveRecords(base);
      const row = `sold-out answers while the crowd is still coming, PostgreSQL, ${BUYERS} buyers`;
      return [{ row, unit: 'answers', figures, aims } satisfies Result];
    } finally {
      await ticketi.close();
    }
  },
};

interface Asking {
  readonly poolId: string;
  /** Whether there was room. */
  ask(buyer: number): Promise<boolean>;
}

async function asksAt(ticketi: Ticketi, capacity: number | null): Promise<Asking> {
  const { event, pool, standard } = await hotEvent(ticketi, { capacity });
  const items = [{ ticketTypeId: standard.id, quantity: QUANTITY }];
  const buyers = Array.from({ length: BUYERS }, (_, n) =>
    ticketi.as({ type: 'user', id: `u_${n}` }),
  );
  return {
    poolId: pool.id,
    async ask(buyer) {
      try {
        await buyers[buyer % BUYERS]?.holds.create({ eventId: event.id, items });
        return true;
      } catch (error) {
        if (isTicketiError(error, 'sold_out')) return false;
        throw error;
      }
    },
  };
}

async function expecting(room: boolean, answer: Promise<boolean>): Promise<void> {
  if ((await answer) !== room) throw new Error(room ? 'It was sold out.' : 'It was not sold out.');
}

const PATIENCE = 1000;

/** Somebody else holds the pool's counter locked: is "sold out" still said? */
async function withoutLock(base: Base, { poolId, ask }: Asking): Promise<Aim> {
  const other = new pg.Client({ connectionString: base.at });
  await other.connect();
  try {
    await other.query('BEGIN');
    await other.query('SELECT 1 FROM ticketi.counters WHERE target_id = $1 FOR UPDATE', [poolId]);
    const asked = performance.now();
    const answer = ask(0).then(() => performance.now() - asked);
    const late = sleep(PATIENCE, undefined);
    const took = await Promise.race([answer, late]);
    await other.query('ROLLBACK');
    await answer;
    return {
      what: 'to be told so while another transaction has the counter locked',
      aim: 'no lock wait',
      found: took === undefined ? 'waits for the lock' : `${took.toFixed(1)} ms`,
      met: took !== undefined,
    };
  } finally {
    await other.end();
  }
}

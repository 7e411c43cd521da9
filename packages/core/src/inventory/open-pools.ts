import type { EventRecord } from '../events/index.ts';
import type { WriteContext } from '../kernel/index.ts';
import type { CounterRecord } from './counter.ts';
import type { PoolRecord } from './pool.ts';
import { poolResource } from './resource.ts';
import { unused } from './usage.ts';

/** A pool that does not exist yet. */
export interface NewPool {
  readonly name: string;
  /** Units in all; null: unlimited. */
  readonly capacity: number | null;
  readonly sessionId: string | null;
}

/** Adds empty pools with their counters to an event that the caller has locked. */
export async function openPools(
  { tx, ids, emit }: WriteContext,
  { id: eventId, organizerId }: EventRecord,
  wanted: readonly NewPool[],
) {
  const pools = wanted.map(({ name, sessionId }): PoolRecord => {
    return { id: ids.next('pol'), organizerId, eventId, sessionId, name, revision: 1 };
  });
  const counters = pools.map(({ id: targetId }, index): CounterRecord => {
    const capacity = wanted[index]?.capacity ?? null;
    return { targetId, organizerId, eventId, capacity, claimed: 0 };
  });
  await tx.inventory.pools.insert(pools);
  await tx.inventory.openCounters(counters);
  return pools.map((pool, index) => {
    const capacity = wanted[index]?.capacity ?? null;
    const created = poolResource(pool, { ...unused, capacity });
    emit({ type: 'pool.created', organizerId, eventId, subject: pool.id, data: created });
    return created;
  });
}

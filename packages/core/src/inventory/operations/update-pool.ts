import * as z from 'zod';
import { notFound, write } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { Pool, PoolId } from '../pool.ts';
import { capacityBelowClaimed } from '../refusals.ts';
import { poolResource } from '../resource.ts';
import { unused, usageOf } from '../usage.ts';
import { Capacity } from './create-pool.ts';

export const updatePool = write({
  name: 'pools.update',
  summary: 'Changes the name or the capacity of a pool, never below what is held and sold.',
  input: z.strictObject({
    poolId: PoolId,
    name: z.string().trim().min(1).max(200).optional(),
    capacity: Capacity.optional(),
  }),
  output: Pool,
  refusals: [capacityBelowClaimed],
  allow: members(
    'manage_events',
    async ({ tx }, { poolId }: { poolId: string }) =>
      (await tx.inventory.pools.find(poolId))?.organizerId,
  ),
  run: async ({ tx, now, emit }, { poolId, name, capacity }) => {
    const [was] = await tx.inventory.pools.findForUpdate([poolId]);
    if (was === undefined) return notFound({ kind: 'pool', id: poolId });
    const { organizerId, eventId } = was;
    const [before] = await tx.inventory.lockCounters(eventId, [poolId]);
    if (before === undefined) return notFound({ kind: 'pool', id: poolId });
    if (capacity !== undefined) {
      if (capacity !== null && capacity < before.claimed) {
        await tx.inventory.takeBackLapsed(eventId, [poolId], now);
      }
      if (!(await tx.inventory.resize(eventId, poolId, capacity))) {
        return capacityBelowClaimed({ poolId, claimed: before.claimed, capacity: capacity ?? 0 });
      }
    }
    const next = { ...was, name: name ?? was.name };
    await tx.inventory.pools.save(next, was);
    const usage = (await usageOf({ tx, now }, eventId, [poolId])).get(poolId);
    const updated = poolResource(next, usage ?? { ...unused, capacity: before.capacity });
    emit({ type: 'pool.updated', organizerId, eventId, subject: poolId, data: updated });
    return updated;
  },
});

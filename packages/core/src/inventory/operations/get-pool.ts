import * as z from 'zod';
import { notFound, read } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { Pool, PoolId } from '../pool.ts';
import { poolResource } from '../resource.ts';
import { unused, usageOf } from '../usage.ts';

export const getPool = read({
  name: 'pools.get',
  summary: 'One pool with what is held, sold, blocked and free of it.',
  input: z.strictObject({ poolId: PoolId }),
  output: Pool,
  allow: members(
    'look_up',
    async ({ tx }, { poolId }: { poolId: string }) =>
      (await tx.inventory.pools.find(poolId))?.organizerId,
  ),
  run: async (context, { poolId }) => {
    const pool = await context.tx.inventory.pools.find(poolId);
    if (pool === undefined) return notFound({ kind: 'pool', id: poolId });
    const usage = await usageOf(context, pool.eventId, [poolId]);
    return poolResource(pool, usage.get(poolId) ?? { ...unused, capacity: 0 });
  },
});

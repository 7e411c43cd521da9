import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import { isRefusal, notFound, pageInput, pageOf, pageRequest, read } from '../../kernel/index.ts';
import { Pool } from '../pool.ts';
import { poolResource } from '../resource.ts';
import { unused, usageOf } from '../usage.ts';

const none = { ...unused, capacity: 0 };

export const listPools = read({
  name: 'pools.list',
  summary: 'The pools of an event, newest first, with what is claimed and free.',
  input: z.strictObject({ eventId: EventId, ...pageInput }),
  output: pageOf(Pool, 'PoolPage'),
  allow: membersOfEvent('look_up'),
  run: async (context, { eventId, ...input }) => {
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    if ((await context.tx.events.events.find(eventId)) === undefined) {
      return notFound({ kind: 'event', id: eventId });
    }
    const { items, nextCursor } = await context.tx.inventory.pools.list({ eventId }, page);
    const usage = await usageOf(
      context,
      eventId,
      items.map(({ id }) => id),
    );
    return {
      items: items.map((pool) => poolResource(pool, usage.get(pool.id) ?? none)),
      nextCursor,
    };
  },
});

import * as z from 'zod';
import { systemOnly, write } from '../../kernel/index.ts';
import { closeListing } from '../close.ts';
import { reservedListings } from '../reservation.ts';
import { expireListing } from '../transitions.ts';

export const expireListings = write({
  name: 'resale.expire',
  summary:
    'Writes down which listings are over, and tells of it; those that a buyer has reserved wait. Readers and buyers do not wait for it.',
  input: z.strictObject({ limit: z.int().min(1).max(1000).default(100) }),
  output: z.object({ expired: z.int() }).meta({ id: 'ExpiredListings' }),
  allow: systemOnly,
  run: async (context, { limit }) => {
    const { tx, now } = context;
    const overdue = await tx.resale.listings.overdue(now, limit);
    const listings = await tx.resale.listings.findForUpdate(overdue.map(({ id }) => id));
    let expired = 0;
    const byEvent = Map.groupBy(listings, ({ eventId }) => eventId);
    for (const eventId of [...byEvent.keys()].sort()) {
      const its = byEvent.get(eventId) ?? [];
      const ids = its.map(({ id }) => id);
      await tx.inventory.lockCounters(eventId, ids);
      const reserved = await reservedListings(context, eventId, ids);
      for (const was of its) {
        const next = expireListing(was, { reserved: reserved.has(was.id), now });
        if (next === undefined) continue;
        await closeListing(context, next, was);
        expired += 1;
      }
    }
    return { expired };
  },
});

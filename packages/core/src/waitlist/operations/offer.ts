import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import { notFound, write } from '../../kernel/index.ts';
import { followWaited, termsOf } from '../follow.ts';
import { endOver, makeOffers, onOffer } from '../make-offers.ts';
import { settleOffers } from '../settle.ts';

export const offerTickets = write({
  name: 'waitlist.offer',
  summary:
    'Offers what is free at an event to those who wait, in their order, and passes on offers that were let pass. Safe to run at any time, also twice at once.',
  input: z.strictObject({
    eventId: EventId,
    limit: z.int().min(1).max(200).default(100).meta({
      description: 'Entries that are looked at in one call, and as many offers that are over.',
    }),
  }),
  output: z
    .object({
      offered: z.int().meta({ description: 'Offers that were made.' }),
      settled: z
        .int()
        .meta({ description: 'Offers that were found accepted, declined or expired.' }),
      ended: z.int().meta({ description: 'Entries of which nothing can be offered.' }),
    })
    .meta({ id: 'WaitlistPass' }),
  allow: membersOfEvent('sell'),
  run: async (context, { eventId, limit }) => {
    const { tx, now } = context;
    const seen = await tx.events.events.find(eventId);
    if (seen === undefined) return notFound({ kind: 'event', id: eventId });
    const terms = await termsOf(context, eventId);
    if (!(await hasWork(context, seen, terms))) return { offered: 0, settled: 0, ended: 0 };

    // One pass of an event at a time, and none beside whoever leaves or is the first to join.
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const over = await tx.waitlist.offers.over(eventId, now, limit);
    const settled = await settleOffers(context, over, terms);
    if (settled > 0) await followWaited(context, event);
    const current = (await tx.events.events.find(eventId)) ?? event;
    const there = await onOffer(context, current, terms);
    if (there === undefined) return { offered: 0, settled, ended: 0 };
    const gone = await endOver(context, current, there.over, limit);
    const made = await makeOffers(context, current, there, limit);
    await followWaited(context, current);
    return { offered: made.offered, settled, ended: gone + made.ended };
  },
});

/** Looks without a lock, so that a pass that finds nothing to do is in nobody's way. */
async function hasWork(
  context: Parameters<typeof offerTickets.runMany>[0],
  event: Parameters<typeof onOffer>[1],
  terms: Parameters<typeof onOffer>[2],
): Promise<boolean> {
  const { tx, now } = context;
  if ((await tx.waitlist.offers.over(event.id, now, 1)).length > 0) return true;
  if (event.waited.length === 0) return false;
  const there = await onOffer(context, event, terms);
  if (there === undefined) return false;
  if (there.over.length > 0) return true;
  return (await tx.waitlist.entries.fitting(event.id, there.free, 1)).length > 0;
}

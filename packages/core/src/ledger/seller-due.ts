import type { ReadContext, Refusal } from '../kernel/index.ts';
import type { TicketRecord } from '../tickets/index.ts';
import { payoutNotDue } from './refusals.ts';

/**
 * Why the seller of a ticket is not paid yet; undefined: they may be. An event that is
 * not over may be cancelled, and then nothing is owed to them; and what is refunded to
 * them must not be paid out too.
 */
export async function sellerNotDue(
  { tx, now }: Pick<ReadContext, 'tx' | 'now'>,
  { id: ticketId, eventId, sessionIds }: TicketRecord,
): Promise<Refusal<'payout_not_due'> | undefined> {
  const [event, listing, sessions] = await Promise.all([
    tx.events.events.find(eventId),
    tx.resale.listings.soldOfTicket(ticketId),
    tx.events.sessions.ofEvents([eventId]),
  ]);
  // Who sold nothing is owed nothing: that is for the balance to say.
  if (listing === undefined) return undefined;
  const never = payoutNotDue({ ticketId, dueAt: null });
  // Of a postponed event nobody knows yet when it is over.
  const isOff = event?.state === 'cancelled' || event?.state === 'postponed';
  if (isOff || listing.settleDueAt !== null) return never;
  const ends = sessions
    .filter(({ id }) => sessionIds?.includes(id) ?? true)
    .map(({ endsAt }) => endsAt)
    .sort();
  const last = ends.at(-1);
  return last === undefined || last <= now ? undefined : payoutNotDue({ ticketId, dueAt: last });
}

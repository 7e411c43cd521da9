import { isRefusal, type WriteContext } from '../kernel/index.ts';
import { invalidateTransfersOf } from '../transfers/index.ts';
import { ticketResource } from './resource.ts';
import { revocationOf } from './revocation.ts';
import type { TicketRecord, VoidReason, VoidTicket } from './ticket.ts';
import { voidTicket } from './transitions.ts';

/**
 * Makes a valid ticket void, which the caller has locked: its code is on the
 * revocation list, and an offer of it over, in the same transaction. Its listing and its place are the
 * caller's, who locks them in their order.
 */
export async function writeVoid(
  context: WriteContext,
  was: TicketRecord,
  reason: VoidReason,
): Promise<VoidTicket> {
  const { tx, now, emit } = context;
  const next = voidTicket(was, reason, now);
  // The caller has looked at the state under the lock; this cannot be.
  if (isRefusal(next)) throw new Error(`Ticket ${was.id} cannot be void: ${next.message}`);
  const { id, organizerId, eventId } = next;
  await invalidateTransfersOf(context, [id]);
  await tx.tickets.tickets.save(next, was);
  await tx.tickets.revocations.insert([revocationOf(next)]);
  emit({
    type: 'ticket.voided',
    organizerId,
    eventId,
    subject: id,
    data: ticketResource(next),
  });
  return next;
}

import { isRefusal, type WriteContext } from '../kernel/index.ts';
import { invalidateTransfersOf } from '../transfers/index.ts';
import { custodyOf } from './custody.ts';
import { currentKeyId } from './issue.ts';
import { ticketResource } from './resource.ts';
import { revocationOf } from './revocation.ts';
import type { ChangeOfHands, TicketRecord, ValidTicket } from './ticket.ts';
import { type KeptByHolder, ticketForNextHolder, voidTicket } from './transitions.ts';

/** Who gets the ticket, and how. */
export interface NextHolder {
  readonly by: ChangeOfHands;
  readonly orderId: string;
  readonly holdId: string;
  /** The transfer by which they got it, whose token opens it for a guest. Default: none. */
  readonly transferId?: string | null;
  readonly holder: { name: string; email: string; userId: string | null };
  readonly attendee: TicketRecord['attendee'];
  readonly price: number;
  readonly fee: number;
  /** What stays of a place that keeps its holder: who came in, and how often it was renamed. Default: nothing. */
  readonly kept?: KeptByHolder;
  /** Why, for the chain of custody. */
  readonly reason?: string | null;
}

/**
 * Changes the holder of a valid ticket, which the caller has locked: the old
 * ticket is void and its code revoked, the next holder has a new ticket with a
 * new code, the chain of custody has its link, and an offer of it is over. One transaction, so there is
 * one valid code at any moment. Capacity is untouched.
 */
export async function handOver(
  context: WriteContext,
  was: TicketRecord,
  { by, reason = null, ...next }: NextHolder,
): Promise<ValidTicket> {
  const { tx, ids, now, emit } = context;
  const old = voidTicket(was, by, now);
  if (isRefusal(old)) throw new Error(`Ticket ${was.id} cannot change hands: ${old.message}`);
  const keyId = await currentKeyId(context, was.organizerId);
  const ticket = ticketForNextHolder(was, { ...next, id: ids.next('tkt'), keyId }, now);

  // A transfer closes its own offer, of which the ticket may be one of several.
  if (by !== 'transferred') await invalidateTransfersOf(context, [was.id]);
  await tx.tickets.tickets.save(old, was);
  await tx.tickets.revocations.insert([revocationOf(old)]);
  await tx.tickets.tickets.insert([ticket]);
  await tx.tickets.custody.insert([custodyOf(ids, ticket, by, reason)]);
  for (const [type, changed] of [
    ['ticket.voided', old],
    ['ticket.issued', ticket],
  ] as const) {
    emit({
      type,
      organizerId: changed.organizerId,
      eventId: changed.eventId,
      subject: changed.id,
      data: ticketResource(changed),
    });
  }
  return ticket;
}

import type { Ids, Instant, ReadContext } from '../kernel/index.ts';
import type { CustodyRecord, TicketRecord } from './ticket.ts';

/** The link that a new ticket adds to its place's chain of custody. */
export function custodyOf(
  ids: Ids,
  ticket: TicketRecord,
  kind: CustodyRecord['kind'],
  reason: string | null = null,
): CustodyRecord {
  return {
    id: ids.next('cus'),
    organizerId: ticket.organizerId,
    eventId: ticket.eventId,
    admissionId: ticket.admissionId,
    ticketId: ticket.id,
    kind,
    holderName: ticket.holderName,
    holderEmail: ticket.holderEmail,
    holderUserId: ticket.holderUserId,
    price: ticket.price,
    currency: ticket.currency,
    reason,
    at: ticket.createdAt,
  };
}

/** Since when each of these tickets is its holder's, by its id: a new code changes nothing of that. */
export async function heldSince(
  { tx }: Pick<ReadContext, 'tx'>,
  tickets: readonly TicketRecord[],
): Promise<ReadonlyMap<string, Instant>> {
  const links = await tx.tickets.custody.ofAdmissions(tickets.map((own) => own.admissionId));
  const came = Map.groupBy(
    links.filter(({ kind }) => kind !== 'reissued'),
    ({ admissionId }) => admissionId,
  );
  return new Map(
    tickets.map(({ id, admissionId, createdAt }) => [
      id,
      came.get(admissionId)?.at(-1)?.at ?? createdAt,
    ]),
  );
}

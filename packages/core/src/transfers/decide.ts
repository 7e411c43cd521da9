import type { EventRecord, SessionRecord } from '../events/index.ts';
import { type Instant, isRefusal, plusMinutes, type Refusal } from '../kernel/index.ts';
import { accessIdOf, type TicketRecord } from '../tickets/index.ts';
import { type TransferTerms, termsOfType, windowOpen } from './policy.ts';
import {
  type NotTransferable,
  outsideTransferWindow,
  recipientIsHolder,
  ticketNotTransferable,
  transferNotAllowed,
} from './refusals.ts';
import type { OpenTransfer } from './transfer.ts';

/** What passing tickets on is decided on; whoever writes it has the tickets' locks. */
export interface TransferFacts {
  readonly event: EventRecord;
  readonly sessions: readonly SessionRecord[];
  readonly terms: TransferTerms;
  readonly tickets: readonly TicketRecord[];
  /** Those of the tickets that are for sale. */
  readonly listed: ReadonlySet<string>;
  /** Those of the tickets that are in another open offer. */
  readonly offered: ReadonlySet<string>;
}

/** What is said with an offer. */
export interface OfferWish {
  readonly id: string;
  readonly now: Instant;
  readonly to: { readonly email: string } | { readonly userId: string };
  readonly message: string | null;
  /** How long it stands, at most; it never outlives what it is about. */
  readonly minutes: number;
}

export type TransferObstacle = Refusal<
  'transfer_not_allowed' | 'outside_transfer_window' | 'ticket_not_transferable'
>;

/** Tickets of one holder -> an open offer of all of them. */
export function offerTickets(
  facts: TransferFacts,
  { id, now, to, message, minutes }: OfferWish,
): OpenTransfer | TransferObstacle | Refusal<'recipient_is_holder'> {
  const obstacle = obstacleTo(facts, now);
  if (isRefusal(obstacle)) return obstacle;
  const [first] = facts.tickets;
  if (first === undefined) throw new Error('An offer is of one ticket at least.');
  const toUserId = 'userId' in to ? to.userId : null;
  if (toUserId !== null && toUserId === first.holderUserId) {
    return recipientIsHolder({ userId: toUserId });
  }
  const ends = facts.tickets.flatMap((ticket) => endsOf(facts, ticket));
  return {
    id,
    organizerId: first.organizerId,
    eventId: first.eventId,
    tickets: facts.tickets.map((ticket) => ({
      ticketId: ticket.id,
      ticketTypeId: ticket.ticketTypeId,
      name: ticket.name,
      seat: ticket.seat?.label ?? null,
    })),
    fromName: first.holderName,
    fromEmail: first.holderEmail,
    fromUserId: first.holderUserId,
    fromAccessId: accessIdOf(first),
    toEmail: 'email' in to ? to.email : null,
    toUserId,
    message,
    state: 'open',
    createdAt: now,
    expiresAt: [plusMinutes(now, minutes), ...ends].sort()[0] ?? now,
    closedAt: null,
    acceptedTicketIds: null,
    revision: 1,
  };
}

/** Why these tickets cannot be passed on together now; undefined: they can. */
export function obstacleTo(facts: TransferFacts, now: Instant): TransferObstacle | undefined {
  const { event, tickets } = facts;
  const [first] = tickets;
  for (const ticket of tickets) {
    const terms = termsOfType(facts.terms, ticket.ticketTypeId);
    if (!terms.allowed) return transferNotAllowed({ eventId: event.id, ticketId: ticket.id });
    const why = whyNot(facts, ticket, first ?? ticket, now);
    if (why !== undefined) return ticketNotTransferable({ ticketId: ticket.id, why });
    if (!windowOpen(terms, now)) {
      return outsideTransferWindow({ opensAt: terms.opensAt, closesAt: terms.closesAt });
    }
  }
  return undefined;
}

function whyNot(
  facts: TransferFacts,
  ticket: TicketRecord,
  first: TicketRecord,
  now: Instant,
): NotTransferable | undefined {
  const { event } = facts;
  if (ticket.state === 'void') return 'void';
  if (ticket.checkedInAt !== null) return 'checked_in';
  if (ticket.eventId !== event.id) return 'another_event';
  if (!haveOneHolder(ticket, first)) return 'another_holder';
  if (facts.listed.has(ticket.id)) return 'listed';
  if (facts.offered.has(ticket.id)) return 'offered';
  if (event.state !== 'published' && event.state !== 'postponed') return 'event_not_published';
  return (lastEndOf(facts, ticket) ?? now) <= now ? 'event_over' : undefined;
}

/** The same user; of guests, whom the same token opens both for. */
function haveOneHolder(one: TicketRecord, other: TicketRecord): boolean {
  if (one.holderUserId !== null) return one.holderUserId === other.holderUserId;
  return other.holderUserId === null && accessIdOf(one) === accessIdOf(other);
}

/** When a ticket cannot be passed on any more: its last session ends, or the policy's window. */
function endsOf(facts: TransferFacts, ticket: TicketRecord): Instant[] {
  const { closesAt } = termsOfType(facts.terms, ticket.ticketTypeId);
  return [lastEndOf(facts, ticket) ?? null, closesAt].filter((end) => end !== null);
}

/** When the last session ends that the ticket is for; undefined: there is none. */
function lastEndOf({ sessions }: TransferFacts, { sessionIds }: TicketRecord): Instant | undefined {
  return sessions
    .filter(({ id }) => sessionIds === null || sessionIds.includes(id))
    .map(({ endsAt }) => endsAt)
    .sort()
    .at(-1);
}

import type { EventRecord, SessionRecord } from '../events/index.ts';
import { type Instant, plusMinutes, type Refusal } from '../kernel/index.ts';
import type { TicketRecord } from '../tickets/index.ts';
import type { ResaleTerms } from './policy.ts';
import {
  heldTooShort,
  outsideResaleWindow,
  primaryNotSoldOut,
  resaleNotAllowed,
  ticketNotResellable,
} from './refusals.ts';
import { windowOf, windowOpen } from './window.ts';

export type Obstacle = Refusal<
  | 'resale_not_allowed'
  | 'outside_resale_window'
  | 'ticket_not_resellable'
  | 'held_too_short'
  | 'primary_not_sold_out'
>;

/** What a listing is decided on. */
export interface ListingFacts {
  readonly ticket: TicketRecord;
  /** The first ticket of its place: what was paid at the first sale. */
  readonly first: Pick<TicketRecord, 'price' | 'fee'>;
  /** Since when it is its holder's; a new code does not begin that anew. */
  readonly heldSince: Instant;
  readonly event: EventRecord;
  /** The sessions that the ticket admits to. */
  readonly sessions: readonly SessionRecord[];
  /** When the ticket's type goes on sale; null: at once. */
  readonly saleFrom: Instant | null;
  readonly terms: ResaleTerms;
  /** Whether it is for sale already, or reserved still. */
  readonly isListed: boolean;
  /** Whether the ticket is offered to somebody as a transfer. */
  readonly pendingTransfer: boolean;
  /** Whether the organizer has places of its type left, where the policy asks. */
  readonly primaryLeft: boolean;
  readonly sellerKey: string;
}

/** Why a ticket cannot be listed at any price; undefined: it can. */
export function obstacleTo(facts: ListingFacts, now: Instant): Obstacle | undefined {
  const { ticket, event, sessions, terms } = facts;
  const not = (why: Parameters<typeof ticketNotResellable>[0]['why']) =>
    ticketNotResellable({ ticketId: ticket.id, why });
  if (!terms.allowed) return resaleNotAllowed({ eventId: event.id });
  if (ticket.state === 'void') return not('void');
  if (ticket.checkedInAt !== null) return not('checked_in');
  if (facts.isListed) return not('listed_already');
  if (facts.pendingTransfer) return not('transfer_pending');
  if (event.state !== 'published') return not('event_not_published');
  if (sessions.every((session) => session.endsAt <= now)) return not('event_over');
  const window = windowOf(terms, facts);
  if (!windowOpen(window, now)) return outsideResaleWindow({ ...window });
  const from = plusMinutes(facts.heldSince, terms.minHeldMinutes);
  if (now < from) return heldTooShort({ ticketId: ticket.id, from });
  if (facts.primaryLeft) return primaryNotSoldOut({ ticketTypeId: ticket.ticketTypeId });
  return undefined;
}

/** The same of tickets that are listed together, which one holder has of one event. */
export function obstacleToAll(facts: readonly ListingFacts[], now: Instant): Obstacle | undefined {
  const [first] = facts;
  for (const own of facts) {
    const { ticket } = own;
    const obstacle = obstacleTo(own, now);
    if (obstacle !== undefined) return obstacle;
    if (ticket.eventId !== first?.ticket.eventId) {
      return ticketNotResellable({ ticketId: ticket.id, why: 'other_event' });
    }
    if (own.sellerKey !== first.sellerKey) {
      return ticketNotResellable({ ticketId: ticket.id, why: 'other_holder' });
    }
  }
  return undefined;
}

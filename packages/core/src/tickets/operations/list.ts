import * as z from 'zod';
import { EventId } from '../../events/index.ts';
import {
  type Access,
  guestHold,
  ID_PREFIXES,
  idOf,
  isRefusal,
  pageInput,
  pageOf,
  pageRequest,
  type ReadContext,
  read,
} from '../../kernel/index.ts';
import { mayAt } from '../../organizers/index.ts';
import { ticketResource } from '../resource.ts';
import type { TicketFilter } from '../store.ts';
import { Ticket } from '../ticket.ts';

const ListTickets = z.strictObject({
  organizerId: idOf('org').optional(),
  eventId: EventId.optional(),
  orderId: idOf('ord').optional(),
  state: z.enum(['valid', 'void']).optional(),
  ...pageInput,
});
type ListTickets = z.output<typeof ListTickets>;

/** Holders and guests ask for their own; members for those of an organizer or event. */
const holdersOrMembers: Access<ListTickets> = {
  who: 'holders for their own tickets; members who may look up, for an organizer or event',
  async check(context, { organizerId, eventId }) {
    const { actor, tx } = context;
    if (ownFilter(context) !== undefined) return true;
    const event = eventId === undefined ? undefined : await tx.events.events.find(eventId);
    const at = organizerId ?? event?.organizerId;
    return at !== undefined && mayAt(context, actor, at, 'look_up');
  },
};

export const listTickets = read({
  name: 'tickets.list',
  summary:
    'Tickets, newest first: the caller’s own, or those of an organizer or event for its members.',
  input: ListTickets,
  output: pageOf(Ticket, 'TicketPage'),
  allow: holdersOrMembers,
  run: async (context, { limit, cursor, ...filter }) => {
    const page = pageRequest({ limit, cursor });
    if (isRefusal(page)) return page;
    const { organizerId, eventId } = filter;
    const event = eventId && (await context.tx.events.events.find(eventId));
    const at = organizerId ?? (event ? event.organizerId : undefined);
    const insider =
      context.actor.type === 'system' ||
      (at !== undefined && (await mayAt(context, context.actor, at, 'look_up')));
    const { items, nextCursor } = await context.tx.tickets.tickets.list(
      insider
        ? { ...filter, ...(at === undefined ? {} : { organizerId: at }) }
        : { ...filter, ...ownFilter(context) },
      page,
    );
    return { items: items.map(ticketResource), nextCursor };
  },
});

/** The tickets that are the caller's own; undefined when callers of this kind have none. */
function ownFilter({ actor, secrets }: ReadContext): TicketFilter | undefined {
  if (actor.type === 'user') return { holderUserId: actor.id };
  const accessId = guestHold(secrets, actor);
  if (accessId === undefined) return undefined;
  return accessId.startsWith(`${ID_PREFIXES.transfer}_`)
    ? { transferId: accessId }
    : { holdId: accessId };
}

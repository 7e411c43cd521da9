import * as z from 'zod';
import {
  everyone,
  isRefusal,
  notFound,
  pageInput,
  pageOf,
  pageRequest,
  read,
} from '../../kernel/index.ts';
import { maySee } from '../access.ts';
import { EventId } from '../event.ts';
import { ticketTypeResource } from '../resource.ts';
import { TicketType } from '../ticket-type.ts';

export const listTicketTypes = read({
  name: 'ticketTypes.list',
  summary: 'The ticket types of an event, newest first.',
  input: z.strictObject({ eventId: EventId, ...pageInput }),
  output: pageOf(TicketType, 'TicketTypePage'),
  allow: everyone,
  run: async (context, { eventId, ...input }) => {
    const { tx } = context;
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    const event = await tx.events.events.find(eventId);
    if (event === undefined || !(await maySee(context, event))) {
      return notFound({ kind: 'event', id: eventId });
    }
    const { items, nextCursor } = await tx.events.ticketTypes.list({ eventId }, page);
    return { items: items.map((type) => ticketTypeResource(type, event.currency)), nextCursor };
  },
});

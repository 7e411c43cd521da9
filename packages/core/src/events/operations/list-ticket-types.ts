import * as z from 'zod';
import { Codes, openCodes, shownTypes } from '../../inventory/index.ts';
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
  summary:
    'The ticket types of an event, newest first; hidden ones for members, and for who has a code for them.',
  input: z.strictObject({
    eventId: EventId,
    codes: Codes.default([]).meta({ description: 'Codes that may unlock hidden types.' }),
    ...pageInput,
  }),
  output: pageOf(TicketType, 'TicketTypePage'),
  allow: everyone,
  run: async (context, { eventId, codes, ...input }) => {
    const { tx } = context;
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    const event = await tx.events.events.find(eventId);
    if (event === undefined || !(await maySee(context, event))) {
      return notFound({ kind: 'event', id: eventId });
    }
    const { items, nextCursor } = await tx.events.ticketTypes.list({ eventId }, page);
    // A page may be shorter for what is hidden; the cursor says whether there is more.
    const open = await openCodes(context, eventId, codes);
    const shown = await shownTypes(context, event, items, open);
    return { items: shown.map((type) => ticketTypeResource(type, event.currency)), nextCursor };
  },
});

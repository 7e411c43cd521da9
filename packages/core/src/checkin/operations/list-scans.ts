import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import { idOf, isRefusal, pageInput, pageOf, pageRequest, read } from '../../kernel/index.ts';
import { CheckinListId } from '../checkin-list.ts';
import { Scan, scanResource } from '../scan.ts';

export const listScans = read({
  name: 'checkin.list',
  summary: 'The scans of an event, newest first.',
  input: z.strictObject({
    eventId: EventId,
    ticketId: idOf('tkt').optional(),
    listId: CheckinListId.optional(),
    ...pageInput,
  }),
  output: pageOf(Scan, 'ScanPage'),
  allow: membersOfEvent('look_up'),
  run: async ({ tx }, { eventId, ticketId, listId, ...input }) => {
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    const ticket = ticketId === undefined ? undefined : await tx.tickets.tickets.find(ticketId);
    // A place has few scans, whose index a ticket's are found by.
    const admissionId = ticketId === undefined ? undefined : (ticket?.admissionId ?? ticketId);
    const filter = { admissionId, eventId, listId, ticketId };
    const { items, nextCursor } = await tx.checkin.scans.list(filter, page);
    return { items: items.map(scanResource), nextCursor };
  },
});

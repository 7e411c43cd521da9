import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import { idOf, isRefusal, pageInput, pageOf, pageRequest, read } from '../../kernel/index.ts';
import { Scan, scanResource } from '../scan.ts';

export const listScans = read({
  name: 'checkin.list',
  summary: 'The scans of an event, newest first.',
  input: z.strictObject({ eventId: EventId, ticketId: idOf('tkt').optional(), ...pageInput }),
  output: pageOf(Scan, 'ScanPage'),
  allow: membersOfEvent('look_up'),
  run: async ({ tx }, { eventId, ticketId, ...input }) => {
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    const { items, nextCursor } = await tx.checkin.scans.list({ eventId, ticketId }, page);
    return { items: items.map(scanResource), nextCursor };
  },
});

import * as z from 'zod';
import { anyOf, idOf, notFound, read } from '../../kernel/index.ts';
import { signWith } from '../../organizers/index.ts';
import { holderOfTicket, membersOfTicket } from '../access.ts';
import { encodeTicketCode } from '../code.ts';
import { ticketVoid } from '../refusals.ts';
import { TicketId } from '../ticket.ts';

export const getTicketCode = read({
  name: 'tickets.code',
  summary: 'The signed code of a valid ticket: what its QR shows and the door scans.',
  input: z.strictObject({ ticketId: TicketId }),
  output: z
    .object({
      ticketId: TicketId,
      issue: z.int(),
      keyId: idOf('key'),
      code: z.string().meta({ description: 'Base45 text for an alphanumeric QR.' }),
    })
    .meta({ id: 'TicketCode' }),
  refusals: [ticketVoid],
  allow: anyOf(holderOfTicket, membersOfTicket('sell')),
  run: async ({ tx, secrets }, { ticketId }) => {
    const ticket = await tx.tickets.tickets.find(ticketId);
    if (ticket === undefined) return notFound({ kind: 'ticket', id: ticketId });
    if (ticket.state === 'void') return ticketVoid({ ticketId, why: ticket.voidReason });
    const keys = await tx.organizers.signingKeys.ofOrganizer(ticket.organizerId);
    const key = keys.find(({ id }) => id === ticket.keyId);
    if (key === undefined) throw new Error(`Signing key ${ticket.keyId} is gone.`);
    const code = encodeTicketCode(ticket, (message) => signWith(key, secrets, message));
    return { ticketId, issue: ticket.issue, keyId: key.id, code };
  },
});

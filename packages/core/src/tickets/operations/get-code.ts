import * as z from 'zod';
import { anyOf, idOf, notFound, read } from '../../kernel/index.ts';
import { holderOfTicket, membersOfTicket } from '../access.ts';
import { codeOf } from '../code-of.ts';
import { ticketVoid } from '../refusals.ts';
import { TicketId } from '../ticket.ts';

const Rotating = z.object({
  secret: z.string().meta({ description: 'With it an application makes the codes, base64url.' }),
  stepSeconds: z.int(),
});

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
      rotating: Rotating.nullable().meta({
        description:
          'Null: the code is shown as it is. Else doors admit only what `rotatingCode` of `@ticketi/core/verify` makes of it.',
      }),
    })
    .meta({ id: 'TicketCode' }),
  refusals: [ticketVoid],
  allow: anyOf(holderOfTicket, membersOfTicket('sell')),
  run: async (context, { ticketId }) => {
    const ticket = await context.tx.tickets.tickets.find(ticketId);
    if (ticket === undefined) return notFound({ kind: 'ticket', id: ticketId });
    if (ticket.state === 'void') return ticketVoid({ ticketId, why: ticket.voidReason });
    return { ticketId, issue: ticket.issue, ...(await codeOf(context, ticket)) };
  },
});

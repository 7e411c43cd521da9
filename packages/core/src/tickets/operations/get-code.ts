import * as z from 'zod';
import { anyOf, idOf, notFound, read } from '../../kernel/index.ts';
import { holderOfTicket, membersOfTicket } from '../access.ts';
import { doorRulesOf, ticketSecretOf } from '../code-policy.ts';
import { ticketVoid } from '../refusals.ts';
import { STEP_SECONDS } from '../rotating.ts';
import { signedCodeOf } from '../signing.ts';
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
    const { tx, secrets } = context;
    const ticket = await tx.tickets.tickets.find(ticketId);
    if (ticket === undefined) return notFound({ kind: 'ticket', id: ticketId });
    if (ticket.state === 'void') return ticketVoid({ ticketId, why: ticket.voidReason });
    const [keys, { rotating, doorKey }] = await Promise.all([
      tx.organizers.signingKeys.ofOrganizer(ticket.organizerId),
      doorRulesOf(context, ticket.eventId),
    ]);
    const { code, keyId } = signedCodeOf(ticket, keys, secrets);
    const secret = Buffer.from(ticketSecretOf(doorKey, ticket)).toString('base64url');
    return {
      ticketId,
      issue: ticket.issue,
      keyId,
      code,
      rotating: rotating ? { secret, stepSeconds: STEP_SECONDS } : null,
    };
  },
});

import * as z from 'zod';
import { isOwner } from '../../inventory/index.ts';
import { Amount, anyOf, Currency, Instant, notFound, read } from '../../kernel/index.ts';
import { mayAt } from '../../organizers/index.ts';
import { holderOfTicket, membersOfTicket, ownedTicket } from '../access.ts';
import { TicketId } from '../ticket.ts';

const Link = z.object({
  ticketId: TicketId,
  issue: z.int(),
  kind: z.enum(['issued', 'transferred', 'resold', 'reissued']),
  at: Instant,
  holder: z
    .object({ name: z.string(), email: z.string(), userId: z.string().nullable() })
    .nullable()
    .meta({ description: 'Who had it from then on; null: somebody else, who is not shown.' }),
  price: Amount.nullable().meta({
    description: 'What was last paid for the place by then; null where the holder is not shown.',
  }),
  currency: Currency,
  reason: z.string().nullable().meta({ description: 'Why it got a new code, if that was said.' }),
});

export const getCustody = read({
  name: 'tickets.custody',
  summary:
    'The chain of custody of a ticket’s place, first to last. Its holder sees how and when it changed hands; members who look up also see whose it was.',
  input: z.strictObject({ ticketId: TicketId }),
  output: z
    .object({ admissionId: TicketId, links: z.array(Link) })
    .meta({ id: 'Custody', description: 'Every holder of a place, first to last.' }),
  allow: anyOf(holderOfTicket, membersOfTicket('look_up')),
  run: async (context, { ticketId }) => {
    const { tx, actor } = context;
    const ticket = await tx.tickets.tickets.find(ticketId);
    if (ticket === undefined) return notFound({ kind: 'ticket', id: ticketId });
    const { admissionId, organizerId } = ticket;
    const [chain, seesAll] = await Promise.all([
      tx.tickets.custody.ofAdmission(admissionId),
      mayAt(context, actor, organizerId, 'look_up'),
    ]);
    const tickets = await tx.tickets.tickets.findMany(chain.map((link) => link.ticketId));
    const links = chain.map((link, at) => {
      const own = tickets.find(({ id }) => id === link.ticketId);
      const isShown = seesAll || (own !== undefined && isOwner(context, ownedTicket(own)));
      const { holderName: name, holderEmail: email, holderUserId: userId } = link;
      return {
        ticketId: link.ticketId,
        issue: own?.issue ?? at + 1,
        kind: link.kind,
        at: link.at,
        holder: isShown ? { name, email, userId } : null,
        price: isShown ? link.price : null,
        currency: link.currency,
        reason: isShown ? link.reason : null,
      };
    });
    return { admissionId, links };
  },
});

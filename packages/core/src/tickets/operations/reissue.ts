import * as z from 'zod';
import { anyOf, isRefusal, notFound, write } from '../../kernel/index.ts';
import { mayAt } from '../../organizers/index.ts';
import { withdrawForScan } from '../../resale/index.ts';
import { termsOfTicket } from '../../transfers/index.ts';
import { holderOfTicket, membersOfTicket } from '../access.ts';
import { handOver } from '../hand-over.ts';
import {
  reasonMissing,
  reissueLimited,
  ticketCheckedIn,
  ticketReserved,
  ticketVoid,
} from '../refusals.ts';
import { obstacleToReissue } from '../reissue.ts';
import { ticketResource } from '../resource.ts';
import { Ticket, TicketId } from '../ticket.ts';

export const reissueTicket = write({
  name: 'tickets.reissue',
  summary:
    'Gives a place a new ticket with a new code, for the same holder; the old code admits nobody from then on. Its listing is withdrawn and its offer is over.',
  input: z.strictObject({
    ticketId: TicketId,
    reason: z.string().trim().min(1).max(500).nullable().default(null).meta({
      description: 'Why, for the chain of custody; members have to say it.',
    }),
  }),
  output: Ticket,
  refusals: [ticketVoid, ticketCheckedIn, ticketReserved, reissueLimited, reasonMissing],
  allow: anyOf(holderOfTicket, membersOfTicket('sell')),
  run: async (context, { ticketId, reason }) => {
    const { tx, actor, now, emit } = context;
    const [was] = await tx.tickets.tickets.findForUpdate([ticketId]);
    if (was === undefined) return notFound({ kind: 'ticket', id: ticketId });
    const { organizerId, eventId } = was;
    const obstacle = obstacleToReissue(
      {
        ticket: was,
        chain: await tx.tickets.custody.ofAdmission(was.admissionId),
        max: (await termsOfTicket(context, was)).reissuesADay,
        isMember: await mayAt(context, actor, organizerId, 'sell'),
      },
      reason,
      now,
    );
    if (isRefusal(obstacle)) return obstacle;
    if (!(await withdrawForScan(context, ticketId))) return ticketReserved({ ticketId });

    const { orderId, holdId, transferId, attendee, price, fee } = was;
    const { checkedInAt, checkedInGate, nameChanges } = was;
    const ticket = await handOver(context, was, {
      by: 'reissued',
      orderId,
      holdId,
      transferId,
      holder: { name: was.holderName, email: was.holderEmail, userId: was.holderUserId },
      attendee,
      price,
      fee,
      kept: { checkedInAt, checkedInGate, nameChanges },
      reason,
    });
    const reissued = ticketResource(ticket);
    emit({
      type: 'ticket.reissued',
      organizerId,
      eventId,
      subject: ticket.id,
      data: { ...reissued, previousTicketId: ticketId, reason },
    });
    return reissued;
  },
});

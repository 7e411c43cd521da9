import * as z from 'zod';
import { isRefusal, notFound, write } from '../../kernel/index.ts';
import { closeOverdue } from '../../resale/index.ts';
import { holderOfTickets, TicketId } from '../../tickets/index.ts';
import { lockTransfersOf, saveClosed } from '../close.ts';
import { offerTickets } from '../decide.ts';
import { factsOf } from '../facts.ts';
import {
  outsideTransferWindow,
  recipientIsHolder,
  ticketNotTransferable,
  transferNotAllowed,
} from '../refusals.ts';
import { transferResource, withTransferToken } from '../resource.ts';
import { MOST_TICKETS, Transfer } from '../transfer.ts';
import { expireTransfer } from '../transitions.ts';

const MINUTES_OF_DAY = 24 * 60;

const To = z
  .union([
    z.strictObject({ email: z.email().max(254).toLowerCase() }),
    z.strictObject({ userId: z.string().min(1).max(200) }),
  ])
  .meta({
    description:
      'An address, to which the host sends the link of the offer, or a user of the host.',
  });

export const offerTransfer = write({
  name: 'transfers.offer',
  summary:
    'Offers tickets of one holder to somebody, all of them or none. They stay valid until the offer is accepted.',
  input: z.strictObject({
    ticketIds: z
      .array(TicketId)
      .min(1)
      .max(MOST_TICKETS)
      .refine((ids) => new Set(ids).size === ids.length, { error: 'Name each ticket once.' }),
    to: To,
    message: z.string().trim().min(1).max(1000).nullable().default(null).meta({
      description: 'What is said with it.',
    }),
    days: z.int().min(1).max(365).optional().meta({
      description:
        'How long the offer stands. Default: the setting `transferMinutes`, a week. It ends with the event, or when the policy closes, in any case.',
    }),
  }),
  output: Transfer,
  refusals: [transferNotAllowed, outsideTransferWindow, ticketNotTransferable, recipientIsHolder],
  allow: holderOfTickets,
  present: withTransferToken,
  run: async (context, { ticketIds, to, message, days }) => {
    const { tx, ids, now, settings, emit } = context;
    const [named] = await tx.tickets.tickets.findMany(ticketIds.slice(0, 1));
    const event = named && (await tx.events.events.findForShare(named.eventId));
    const tickets = await tx.tickets.tickets.findForUpdate(ticketIds);
    const missing = ticketIds.find((id) => !tickets.some((ticket) => ticket.id === id));
    if (missing !== undefined) return notFound({ kind: 'ticket', id: missing });
    if (event === undefined) return notFound({ kind: 'ticket', id: ticketIds[0] ?? '' });

    const before = await lockTransfersOf(context, ticketIds);
    const lapsed = before.flatMap((was) => {
      const next = expireTransfer(was, now);
      return next === undefined ? [] : [{ next, was }];
    });
    const standing = before.filter((was) => !lapsed.some((one) => one.was === was));
    const { overdue, ...facts } = await factsOf(context, event, tickets);
    const transfer = offerTickets(
      {
        ...facts,
        offered: new Set(standing.flatMap((one) => one.tickets.map(({ ticketId }) => ticketId))),
      },
      {
        id: ids.next('trf'),
        now,
        to,
        message,
        minutes: days === undefined ? settings.transferMinutes : days * MINUTES_OF_DAY,
      },
    );
    if (isRefusal(transfer)) return transfer;

    for (const { next, was } of lapsed) await saveClosed(context, next, was);
    await closeOverdue(context, overdue);
    const { organizerId, eventId } = transfer;
    await tx.transfers.transfers.insert([transfer]);
    await tx.transfers.offeredTickets.insert(
      tickets.map(({ id }) => ({ id, organizerId, eventId, transferId: transfer.id })),
    );
    const offered = transferResource(transfer, now);
    emit({ type: 'transfer.offered', organizerId, eventId, subject: transfer.id, data: offered });
    return offered;
  },
});

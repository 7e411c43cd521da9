import * as z from 'zod';
import { type Actor, isRefusal, notFound, write } from '../../kernel/index.ts';
import { Buyer } from '../../orders/index.ts';
import { answersNotValid } from '../../questions/index.ts';
import { closeOverdue } from '../../resale/index.ts';
import { AttendeeInput, handOver, type TicketRecord } from '../../tickets/index.ts';
import { addresseeOfTransfer } from '../access.ts';
import { attendeesOf } from '../attendees.ts';
import { saveClosed } from '../close.ts';
import { obstacleTo } from '../decide.ts';
import { factsOf } from '../facts.ts';
import {
  outsideTransferWindow,
  recipientIsHolder,
  ticketNotTransferable,
  transferClosed,
  transferNotAllowed,
} from '../refusals.ts';
import { transferResource, withTransferToken } from '../resource.ts';
import {
  MOST_TICKETS,
  Transfer,
  TransferId,
  type TransferRecord,
  ticketIdsOf,
} from '../transfer.ts';
import { acceptTransfer, openTransfer } from '../transitions.ts';

export const acceptTransferOffer = write({
  name: 'transfers.accept',
  summary:
    'Accepts an offer: the tickets change hands in one transaction, all of them or none, and get new codes. Nothing of the inventory or of the money moves.',
  input: z.strictObject({
    transferId: TransferId,
    holder: Buyer.meta({ description: 'Who holds the tickets from now on.' }),
    attendees: z.array(AttendeeInput).max(MOST_TICKETS).default([]).meta({
      description: 'Who comes with them, in the order of the tickets of the offer.',
    }),
    token: z.string().min(1).max(200).optional().meta({
      description:
        'The token of an offer to an address, from a signed-in user. A guest is known by it already.',
    }),
  }),
  output: Transfer,
  refusals: [
    transferClosed,
    transferNotAllowed,
    outsideTransferWindow,
    ticketNotTransferable,
    recipientIsHolder,
    answersNotValid,
  ],
  allow: addresseeOfTransfer,
  present: withTransferToken,
  run: async (context, { transferId, holder, attendees: given }) => {
    const { tx, actor, now } = context;
    const found = await tx.transfers.transfers.find(transferId);
    const event = found && (await tx.events.events.findForShare(found.eventId));
    if (found === undefined || event === undefined) {
      return notFound({ kind: 'transfer', id: transferId });
    }
    const tickets = inOrder(found, await tx.tickets.tickets.findForUpdate(ticketIdsOf(found)));
    const [was = found] = await tx.transfers.transfers.findForUpdate([transferId]);
    const open = openTransfer(was, now);
    if (isRefusal(open)) return open;
    if (tickets.some(({ state }) => state === 'void')) {
      return transferClosed({ transferId, state: 'invalidated' });
    }
    const userId = userOf(actor, open);
    if (userId !== null && userId === open.fromUserId) return recipientIsHolder({ userId });
    const { overdue, ...facts } = await factsOf(context, event, tickets);
    const obstacle = obstacleTo({ ...facts, offered: new Set() }, now);
    if (isRefusal(obstacle)) return obstacle;
    const attendees = await attendeesOf(context, event, facts.terms, tickets, given);
    if (isRefusal(attendees)) return attendees;

    await closeOverdue(context, overdue);
    const acceptedIds: string[] = [];
    for (const [at, ticket] of tickets.entries()) {
      const next = await handOver(context, ticket, {
        by: 'transferred',
        orderId: ticket.orderId,
        holdId: ticket.holdId,
        transferId,
        holder: { ...holder, userId },
        attendee: attendees[at] ?? null,
        // A gift: what was last paid for it stays what it may be sold on by.
        price: ticket.price,
        fee: ticket.fee,
      });
      acceptedIds.push(next.id);
    }
    const accepted = acceptTransfer(open, acceptedIds, now);
    await saveClosed(context, accepted, was);
    return transferResource(accepted, now);
  },
});

/** The user whose tickets they are from now on; null: whoever has the token of the offer. */
function userOf(actor: Actor, { toUserId }: TransferRecord): string | null {
  return actor.type === 'user' ? actor.id : toUserId;
}

function inOrder(transfer: TransferRecord, tickets: readonly TicketRecord[]): TicketRecord[] {
  return ticketIdsOf(transfer).flatMap((id) => tickets.find((ticket) => ticket.id === id) ?? []);
}

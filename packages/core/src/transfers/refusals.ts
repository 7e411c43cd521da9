import * as z from 'zod';
import { refusal } from '../kernel/index.ts';
import { TransferState } from './transfer.ts';

export const transferNotAllowed = refusal('transfer_not_allowed', {
  kind: 'conflict',
  meaning: 'The organizer does not let this ticket be passed on.',
  details: z.object({ eventId: z.string(), ticketId: z.string() }),
  message: () => 'This ticket cannot be passed on.',
});

export const outsideTransferWindow = refusal('outside_transfer_window', {
  kind: 'conflict',
  meaning: 'Tickets may not be passed on at this moment.',
  details: z.object({ opensAt: z.string().nullable(), closesAt: z.string().nullable() }),
  message: ({ opensAt, closesAt }) =>
    `Tickets are passed on from ${opensAt ?? 'the first sale'} until ${closesAt ?? 'the event is over'}.`,
});

const NotTransferable = z.enum([
  'void',
  'checked_in',
  'listed',
  'offered',
  'another_holder',
  'another_event',
  'event_over',
  'event_not_published',
]);
export type NotTransferable = z.output<typeof NotTransferable>;

export const ticketNotTransferable = refusal('ticket_not_transferable', {
  kind: 'conflict',
  meaning: 'This ticket cannot be passed on as it stands.',
  details: z.object({ ticketId: z.string(), why: NotTransferable }),
  message: ({ why }) => `The ticket cannot be passed on: ${why.replaceAll('_', ' ')}.`,
});

export const transferClosed = refusal('transfer_closed', {
  kind: 'conflict',
  meaning: 'The offer was answered, taken back, or is over.',
  details: z.object({ transferId: z.string(), state: TransferState.exclude(['open']) }),
  message: ({ state }) => `The offer is ${state}.`,
});

export const recipientIsHolder = refusal('recipient_is_holder', {
  kind: 'conflict',
  meaning: 'Holders cannot pass tickets on to themselves.',
  details: z.object({ userId: z.string() }),
  hint: 'Ask for a new code with `tickets.reissue` instead.',
  message: () => 'These are your own tickets.',
});

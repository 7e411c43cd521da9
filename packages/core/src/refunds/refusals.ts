import * as z from 'zod';
import { formatAmount, refusal } from '../kernel/index.ts';

export const orderNotPaid = refusal('order_not_paid', {
  kind: 'conflict',
  meaning: 'Only a paid order has something to give back.',
  details: z.object({
    orderId: z.string(),
    state: z.enum(['pending', 'expired', 'cancelled']),
  }),
  hint: 'An order that waits for its payment is cancelled instead.',
  message: ({ orderId, state }) => `Order ${orderId} is ${state}: nothing was paid.`,
});

export const notRefundable = refusal('not_refundable', {
  kind: 'conflict',
  meaning:
    'A ticket cannot be given back: its money went back already, or it was used or passed on.',
  details: z.object({
    ticketId: z.string(),
    why: z.enum(['refunded', 'checked_in', 'resold', 'transferred', 'reissued', 'bought_resold']),
  }),
  hint: 'Managers refund tickets that were checked in with `ignorePolicy`; what a holder resold comes back when the event is cancelled.',
  message: ({ ticketId, why }) =>
    `Ticket ${ticketId} cannot be given back: ${why.replaceAll('_', ' ')}.`,
});

export const incompleteGroup = refusal('incomplete_group', {
  kind: 'conflict',
  meaning: 'Tickets of a group or a bundle are given back together, as they were sold.',
  details: z.object({
    line: z.int().meta({ description: 'Index of the line in the order’s quote.' }),
    name: z.string(),
    tickets: z.int().meta({ description: 'Tickets that one of it makes.' }),
  }),
  message: ({ name, tickets }) =>
    `${name} is given back as it was sold: ${tickets} tickets at a time.`,
});

export const refundAbovePaid = refusal('refund_above_paid', {
  kind: 'conflict',
  meaning: 'More is to go back than was paid and did not go back yet.',
  details: z.object({
    orderId: z.string(),
    refundable: z.int().meta({ description: 'Minor units that can still go back.' }),
    currency: z.string(),
  }),
  message: ({ orderId, refundable, currency }) =>
    `At most ${formatAmount(refundable, currency)} of order ${orderId} can go back.`,
});

export const nothingToRefund = refusal('nothing_to_refund', {
  kind: 'conflict',
  meaning: 'Everything of the order was given back already.',
  details: z.object({ orderId: z.string() }),
  message: ({ orderId }) => `Nothing of order ${orderId} is left to give back.`,
});

export const refundNotAllowed = refusal('refund_not_allowed', {
  kind: 'conflict',
  meaning: 'The refund policy of the event does not give this back.',
  details: z.object({
    eventId: z.string(),
    why: z.enum([
      'no_self_service',
      'members_only',
      'too_late',
      'below_minimum',
      'credit_only',
      'original_only',
    ]),
    until: z
      .string()
      .nullable()
      .meta({ description: 'Until when something was given back; null: it does not matter.' }),
    minimum: z
      .int()
      .nullable()
      .meta({ description: 'What a refund has to come to; null: it does not matter.' }),
  }),
  hint: 'Members who manage the event may refund it with `ignorePolicy`.',
  message: ({ why, until }) => {
    const text = why.replaceAll('_', ' ');
    return `The refund policy does not allow this: ${text}${until === null ? '' : ` (${until})`}.`;
  },
});

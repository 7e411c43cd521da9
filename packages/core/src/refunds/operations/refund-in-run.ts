import * as z from 'zod';
import {
  idOf,
  isRefusal,
  notFound,
  type Refusal,
  systemOnly,
  type WriteContext,
  write,
} from '../../kernel/index.ts';
import type { OrderRecord } from '../../orders/index.ts';
import { Refund, refundResource } from '../../payments/index.ts';
import { type GivenBack, giveBack } from '../give-back.ts';
import {
  type RefundOutcomeRecord,
  RefundOutcomeState,
  RefundRunId,
  type RefundRunRecord,
} from '../run.ts';

export const refundInRun = write({
  name: 'refundRuns.refund',
  summary:
    'Gives back one order of a refund run and keeps what became of it, once however often it is asked.',
  input: z.strictObject({ runId: RefundRunId, orderId: idOf('ord') }),
  output: z
    .object({
      state: RefundOutcomeState,
      toSend: Refund.nullable().meta({
        description: 'What the provider has to send, if anything.',
      }),
    })
    .meta({ id: 'RunRefund' }),
  allow: systemOnly,
  run: async (context, { runId, orderId }) => {
    const { tx } = context;
    const run = await tx.refunds.runs.find(runId);
    if (run === undefined) return notFound({ kind: 'refund run', id: runId });
    const [order] = await tx.orders.orders.findForUpdate([orderId]);
    if (order?.eventId !== run.eventId) return notFound({ kind: 'order', id: orderId });
    // The order's lock keeps other workers out; the table's key stands behind it.
    const was = await tx.refunds.outcomes.ofOrder(runId, orderId);
    if (was !== undefined && was.state !== 'due') return { state: was.state, toSend: null };
    const given = await giveBack(context, order, {
      to: run.destination,
      feesKept: run.feesKept,
      reason: run.reason,
      kind: 'event_cancelled',
      runId,
      force: true,
      isCancelled: true,
    });
    const outcome = outcomeOf(context, run, order, given);
    if (was === undefined) await tx.refunds.outcomes.insert([outcome]);
    else await tx.refunds.outcomes.save({ ...outcome, id: was.id }, was);
    announce(context, outcome);
    const { state } = outcome;
    if (isRefusal(given) || given.payment === undefined) return { state, toSend: null };
    const paid = await tx.payments.payments.find(given.payment.paymentId);
    return { state, toSend: paid === undefined ? null : refundResource(given.payment, paid) };
  },
});

/** What became of an order: a refusal is an outcome too, and nothing was written before it. */
function outcomeOf(
  { ids, now }: WriteContext,
  { id: runId, organizerId, eventId }: RefundRunRecord,
  order: OrderRecord,
  given: GivenBack | Refusal,
): RefundOutcomeRecord {
  const out = {
    id: ids.next('rfo'),
    organizerId,
    eventId,
    runId,
    orderId: order.id,
    at: now,
    revision: 1,
  };
  if (isRefusal(given)) {
    const isBack = given.code === 'nothing_to_refund';
    return {
      ...out,
      state: isBack ? 'already_refunded' : 'failed',
      amount: 0,
      reason: isBack ? null : `${given.code}: ${given.message}`,
      ticketIds: [],
      orderRefundId: null,
    };
  }
  const { id: orderRefundId, amount, ticketIds } = given.refund;
  return { ...out, state: stateOf(given, order), amount, reason: null, ticketIds, orderRefundId };
}

/** `was`: the order before it. */
function stateOf({ refund: { amount }, payment }: GivenBack, was: OrderRecord): RefundOutcomeState {
  if (amount === 0) return was.givenBack > 0 ? 'already_refunded' : 'nothing_paid';
  return payment === undefined ? 'to_card' : 'refunded';
}

function announce({ emit }: WriteContext, outcome: RefundOutcomeRecord): void {
  const { id, runId, orderId, state, amount, reason, organizerId, eventId } = outcome;
  emit({
    type: 'refund_run.order',
    organizerId,
    eventId,
    subject: orderId,
    data: { id, runId, orderId, state, amount, reason },
  });
}

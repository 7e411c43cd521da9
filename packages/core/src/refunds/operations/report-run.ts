import * as z from 'zod';
import { isRefusal, notFound, pageInput, pageOf, pageRequest, read } from '../../kernel/index.ts';
import { membersOfRun } from '../access.ts';
import { RefundOutcome, RefundOutcomeState, RefundRunId } from '../run.ts';

export const reportRefundRun = read({
  name: 'refundRuns.report',
  summary: 'What became of each order of a refund run, newest outcome first.',
  input: z.strictObject({
    runId: RefundRunId,
    state: RefundOutcomeState.optional().meta({ description: 'Only orders with this outcome.' }),
    ...pageInput,
  }),
  output: pageOf(RefundOutcome, 'RefundOutcomePage'),
  allow: membersOfRun('look_up'),
  run: async ({ tx }, { runId, state, ...input }) => {
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    if ((await tx.refunds.runs.find(runId)) === undefined) {
      return notFound({ kind: 'refund run', id: runId });
    }
    const { items, nextCursor } = await tx.refunds.outcomes.list({ runId, state }, page);
    const orders = await tx.orders.orders.findMany(items.map(({ orderId }) => orderId));
    const buyers = new Map(
      orders.map(({ id, buyerName: name, buyerEmail: email }) => [id, { name, email }]),
    );
    const sent = await tx.payments.refunds.ofOrderRefunds(
      items.flatMap(({ orderRefundId }) => (orderRefundId === null ? [] : [orderRefundId])),
    );
    const payments = await tx.payments.payments.findMany(sent.map(({ paymentId }) => paymentId));
    const providers = new Map(payments.map(({ id, provider }) => [id, provider]));
    const money = new Map(sent.map((refund) => [refund.orderRefundId, refund]));
    return {
      items: items.map(
        ({ id, orderId, ticketIds, state: out, ...outcome }): RefundOutcome => ({
          id,
          runId,
          orderId,
          buyer: buyers.get(orderId) ?? { name: '', email: '' },
          state: out,
          amount: outcome.amount,
          reason: outcome.reason,
          ticketIds: [...ticketIds],
          orderRefundId: outcome.orderRefundId,
          money: money.get(outcome.orderRefundId)?.state ?? 'none',
          provider: providers.get(money.get(outcome.orderRefundId)?.paymentId ?? '') ?? null,
          at: outcome.at,
        }),
      ),
      nextCursor,
    };
  },
});

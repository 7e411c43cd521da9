import * as z from 'zod';
import { isOwner } from '../inventory/index.ts';
import type { ReadContext } from '../kernel/index.ts';
import { mayAt } from '../organizers/index.ts';
import { OrderRefund, type OrderRefundRecord, orderRefundResource } from './order-refund.ts';

/** A refund as its reader sees it. Facts, audit and outbox have it without the code. */
export const RefundShown = OrderRefund.extend({
  code: z.string().nullable().meta({
    description:
      'The code of the gift card that it became, for the buyer and those who may issue gift cards. Null: it became none, or the code is not theirs to see.',
  }),
}).meta({ id: 'RefundShown', description: 'What goes back of a paid order, for good.' });
export type RefundShown = z.output<typeof RefundShown>;

type Showing = Pick<ReadContext, 'tx' | 'actor' | 'secrets'>;

/** Shows refunds of one organizer to whoever asks. */
export async function shownRefunds(
  context: Showing,
  refunds: readonly OrderRefundRecord[],
): Promise<RefundShown[]> {
  const coded = refunds.filter(({ creditCode }) => creditCode !== null);
  const open = await readableOrders(context, coded);
  return refunds.map((refund) => ({
    ...orderRefundResource(refund),
    code:
      refund.creditCode !== null && open.has(refund.orderId)
        ? new TextDecoder().decode(context.secrets.open(refund.creditCode))
        : null,
  }));
}

/** The orders of these refunds whose codes the actor may see. */
async function readableOrders(
  context: Showing,
  refunds: readonly OrderRefundRecord[],
): Promise<Set<string>> {
  const [first] = refunds;
  if (first === undefined) return new Set();
  const ids = [...new Set(refunds.map(({ orderId }) => orderId))];
  const { tx, actor } = context;
  if (await mayAt(context, actor, first.organizerId, 'manage_events')) return new Set(ids);
  const orders = await tx.orders.orders.findMany(ids);
  return new Set(orders.filter((order) => isOwner(context, order)).map(({ id }) => id));
}

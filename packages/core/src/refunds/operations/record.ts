import * as z from 'zod';
import { type Access, anyOf, isRefusal, notFound, write } from '../../kernel/index.ts';
import { buyerOfOrder, membersOfOrder } from '../../orders/index.ts';
import { Refund, refundResource } from '../../payments/index.ts';
import { amountTooLarge, notInOrder, taxPlaceMissing } from '../../pricing/index.ts';
import { giveBack } from '../give-back.ts';
import { RefundInput, wantedOf } from '../input.ts';
import {
  incompleteGroup,
  nothingToRefund,
  notRefundable,
  orderNotPaid,
  refundAbovePaid,
  refundNotAllowed,
} from '../refusals.ts';
import { RefundShown, shownRefunds } from '../shown.ts';
import { permittedWish } from '../terms.ts';

/** Whatever stands in the way of a refund. */
export const refundRefusals = [
  orderNotPaid,
  notRefundable,
  incompleteGroup,
  notInOrder,
  nothingToRefund,
  refundAbovePaid,
  refundNotAllowed,
  taxPlaceMissing,
  amountTooLarge,
] as const;

/** The buyer within the event's refund policy, and members who manage it. */
export const mayRefund: Access<{ orderId: string }> = anyOf(
  buyerOfOrder,
  membersOfOrder('manage_events'),
);

export const recordOrderRefund = write({
  name: 'refunds.record',
  summary:
    'Records that something of a paid order goes back: tickets are void, places free, the books say whose it was. `refunds.create` also sends the money at once.',
  input: RefundInput,
  output: z
    .object({
      refund: RefundShown,
      toSend: Refund.nullable().meta({
        description: 'What the provider has to send, if anything.',
      }),
    })
    .meta({ id: 'RecordedRefund' }),
  refusals: refundRefusals,
  allow: mayRefund,
  run: async (context, input) => {
    const { tx } = context;
    const [order] = await tx.orders.orders.findForUpdate([input.orderId]);
    if (order === undefined) return notFound({ kind: 'order', id: input.orderId });
    const { orderId: _orderId, ticketIds: _ticketIds, items: _items, ...rest } = input;
    const asked = { ...rest, amount: input.amount ?? undefined, wanted: wantedOf(input) };
    const wish = await permittedWish(context, order, asked);
    if (isRefusal(wish)) return wish;
    const given = await giveBack(context, order, wish);
    if (isRefusal(given)) return given;
    const { refund, payment: sent } = given;
    const paid = sent && (await tx.payments.payments.find(sent.paymentId));
    const [shown] = await shownRefunds(context, [refund]);
    if (shown === undefined) throw new Error(`Refund ${refund.id} is not shown.`);
    return {
      refund: shown,
      toSend: sent && paid ? refundResource(sent, paid) : null,
    };
  },
});

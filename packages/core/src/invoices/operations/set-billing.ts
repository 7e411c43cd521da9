import * as z from 'zod';
import { withAccessToken } from '../../inventory/index.ts';
import { anyOf, notFound, write } from '../../kernel/index.ts';
import {
  Billing,
  buyerOfOrder,
  membersOfOrder,
  Order,
  OrderId,
  orderResource,
} from '../../orders/index.ts';
import { withoutTrace } from '../../pricing/index.ts';
import { wrongTaxId } from '../invoiceable.ts';
import { billingTaxId, invoiceIssued } from '../refusals.ts';
import { standingInvoice } from '../standing.ts';

export const setBilling = write({
  name: 'invoices.setBilling',
  summary: 'Says to whom the invoice of an order is to be made out, until it is issued.',
  input: z.strictObject({ orderId: OrderId, billing: Billing.nullable() }),
  output: Order,
  refusals: [invoiceIssued, billingTaxId],
  allow: anyOf(buyerOfOrder, membersOfOrder('sell')),
  present: (context, order) => withAccessToken(context, order, order.holdId),
  run: async (context, { orderId, billing }) => {
    const { tx, now, emit } = context;
    const [was] = await tx.orders.orders.findForUpdate([orderId]);
    if (was === undefined) return notFound({ kind: 'order', id: orderId });
    const { standing } = await standingInvoice(context, was);
    if (standing !== undefined) {
      return invoiceIssued({ orderId, invoiceId: standing.id, number: standing.number });
    }
    const wrong = wrongTaxId(was, billing);
    if (wrong !== undefined) return wrong;
    const next = { ...was, billing };
    await tx.orders.orders.save(next, was);
    const [payment] = await tx.payments.payments.ofOrders([orderId]);
    const order = orderResource(next, payment, now);
    emit({
      type: 'order.billing_set',
      organizerId: was.organizerId,
      eventId: was.eventId,
      subject: orderId,
      data: withoutTrace(order),
    });
    return order;
  },
});

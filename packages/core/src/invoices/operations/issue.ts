import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { anyOf, notFound, write } from '../../kernel/index.ts';
import { Billing, buyerOfOrder, membersOfOrder, OrderId } from '../../orders/index.ts';
import { mayAt } from '../../organizers/index.ts';
import { Invoice } from '../invoice.ts';
import { whyNotInvoiceable, wrongTaxId } from '../invoiceable.ts';
import { issueInvoices } from '../issue.ts';
import { billingTaxId, invoiceIssued, issuerMissing, notInvoiceable } from '../refusals.ts';
import { shownInvoice } from '../resource.ts';
import { standingInvoice } from '../standing.ts';

export const issueInvoice = write({
  name: 'invoices.issue',
  summary:
    'Issues the invoice of an order, with the next number of its series. Once: a repeat gives the same invoice.',
  input: z.strictObject({
    orderId: OrderId,
    billing: Billing.optional().meta({
      description: 'To whom it is made out. Default: as the order has it, else the buyer.',
    }),
  }),
  output: Invoice,
  refusals: [issuerMissing, notInvoiceable, invoiceIssued, billingTaxId],
  allow: anyOf(buyerOfOrder, membersOfOrder('sell')),
  run: async (context, { orderId, billing: asked }) => {
    const { tx, actor, now } = context;
    const [was] = await tx.orders.orders.findForUpdate([orderId]);
    if (was === undefined) return notFound({ kind: 'order', id: orderId });
    const { standing, replaces } = await standingInvoice(context, was);
    if (standing !== undefined) {
      const isSame = asked === undefined || isDeepStrictEqual(asked, was.billing);
      if (isSame) return shownInvoice(context, standing);
      return invoiceIssued({ orderId, invoiceId: standing.id, number: standing.number });
    }
    const billing = asked ?? was.billing;
    const maySell = await mayAt(context, actor, was.organizerId, 'sell');
    const refused = whyNotInvoiceable(was, { now, maySell }) ?? wrongTaxId(was, billing);
    if (refused !== undefined) return refused;
    const issuer = await tx.invoices.issuers.find(was.organizerId);
    if (issuer === undefined) return issuerMissing({ organizerId: was.organizerId });

    if (asked !== undefined) await tx.orders.orders.save({ ...was, billing }, was);
    const [invoice] = await issueInvoices(context, [{ order: was, billing, issuer, replaces }]);
    if (invoice === undefined) throw new Error(`Order ${orderId} got no invoice.`);
    return shownInvoice(context, invoice);
  },
});

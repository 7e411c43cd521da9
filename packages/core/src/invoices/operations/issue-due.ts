import * as z from 'zod';
import { plusMinutes, systemOnly, write } from '../../kernel/index.ts';
import { isGivenBack } from '../invoiceable.ts';
import { issueInvoices, type ToInvoice } from '../issue.ts';

/** Longer than a transaction takes to commit, and than the clocks of servers differ. */
const SETTLED_MINUTES = 15;

export const issueDueInvoices = write({
  name: 'invoices.issueDue',
  summary:
    'Issues the invoices of orders paid since, for organizers that issue them when paid. Safe to run at any time, also twice at once.',
  input: z.strictObject({ limit: z.int().min(1).max(1000).default(100) }),
  output: z
    .object({
      done: z
        .int()
        .meta({ description: 'Invoices issued; as many as `limit`: there may be more.' }),
    })
    .meta({ id: 'IssuedDue' }),
  allow: systemOnly,
  run: async (context, { limit }) => {
    const { tx, now } = context;
    const due = await tx.invoices.uninvoiced(limit);
    const orders = await tx.orders.orders.findForUpdate(due.map(({ orderId }) => orderId));
    // Somebody else may have been there before the locks were.
    const invoices = await tx.invoices.invoices.ofOrders(orders.map(({ id }) => id));
    const invoiced = new Set(invoices.map(({ orderId }) => orderId));
    const organizerIds = [...new Set(orders.map(({ organizerId }) => organizerId))];
    const issuers = await tx.invoices.issuers.findMany(organizerIds);
    const open = orders.flatMap((order): ToInvoice[] => {
      const issuer = issuers.find(({ id }) => id === order.organizerId);
      if (issuer === undefined || order.state !== 'paid' || invoiced.has(order.id)) return [];
      if (isGivenBack(order)) return [];
      return [{ order, billing: order.billing, issuer, replaces: 0 }];
    });
    await issueInvoices(context, open);
    if (due.length < limit) await tx.invoices.follow(plusMinutes(now, -SETTLED_MINUTES));
    return { done: open.length };
  },
});

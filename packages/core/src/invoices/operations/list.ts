import * as z from 'zod';
import { EventId } from '../../events/index.ts';
import { isOwner } from '../../inventory/index.ts';
import {
  type Access,
  idOf,
  isRefusal,
  pageInput,
  pageOf,
  pageRequest,
  read,
} from '../../kernel/index.ts';
import { OrderId } from '../../orders/index.ts';
import { mayAt } from '../../organizers/index.ts';
import { Invoice, InvoiceKind } from '../invoice.ts';
import { invoiceResources } from '../resource.ts';

interface Filter {
  organizerId?: string | undefined;
  eventId?: string | undefined;
  orderId?: string | undefined;
}

/** Every place that is named has to be one of theirs: the filters are an `and`. */
const buyerOrMembers: Access<Filter> = {
  who: 'the buyer, for an order; members who sell or see the money, for an organizer, event or order',
  async check(context, { organizerId, eventId, orderId }) {
    const { actor, tx } = context;
    const order = orderId === undefined ? undefined : await tx.orders.orders.find(orderId);
    if (order !== undefined && isOwner(context, order)) return true;
    const event = eventId === undefined ? undefined : await tx.events.events.find(eventId);
    const at = organizerId ?? order?.organizerId ?? event?.organizerId;
    if (at === undefined) return orderId !== undefined || eventId !== undefined;
    return (
      (await mayAt(context, actor, at, 'see_money')) || (await mayAt(context, actor, at, 'sell'))
    );
  },
};

export const listInvoices = read({
  name: 'invoices.list',
  summary: 'Invoices and credit notes of an organizer, event or order, newest first.',
  input: z
    .strictObject({
      organizerId: idOf('org').optional(),
      eventId: EventId.optional(),
      orderId: OrderId.optional(),
      kind: InvoiceKind.optional(),
      year: z.int().min(1).max(9999).optional().meta({ description: 'Of their numbers.' }),
      ...pageInput,
    })
    .refine(
      ({ organizerId, eventId, orderId }) => (organizerId ?? eventId ?? orderId) !== undefined,
      { error: 'Name an organizer, an event or an order.' },
    ),
  output: pageOf(Invoice, 'InvoicePage'),
  allow: buyerOrMembers,
  run: async (context, { organizerId, eventId, orderId, kind, year, ...input }) => {
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    const filter = { organizerId, eventId, orderId, kind, year };
    const { items, nextCursor } = await context.tx.invoices.invoices.list(filter, page);
    return { items: await invoiceResources(context, items), nextCursor };
  },
});

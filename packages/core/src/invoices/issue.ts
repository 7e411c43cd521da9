import { localDate, sumOf, type WriteContext } from '../kernel/index.ts';
import type { Billing, OrderRecord } from '../orders/index.ts';
import { contentsOf } from './contents.ts';
import { creditNoteForRefund } from './credit-note.ts';
import type { InvoiceRecord } from './invoice.ts';
import type { IssuerRecord } from './issuer.ts';
import { writtenNumber } from './number.ts';
import { invoiceFacts } from './resource.ts';

/** An order that is to have its invoice. */
export interface ToInvoice {
  readonly order: OrderRecord;
  readonly billing: Billing | null;
  readonly issuer: IssuerRecord;
  /** How many invoices of it came before. */
  readonly replaces: number;
}

/**
 * Issues invoices, with credit notes of what was given back before, and takes their
 * numbers last of all: series after series in ascending order, invoices first. The caller holds the orders' locks, and has seen that they
 * have no invoice that stands.
 */
export async function issueInvoices(
  context: WriteContext,
  asked: readonly ToInvoice[],
): Promise<InvoiceRecord[]> {
  if (asked.length === 0) return [];
  const { tx, ids, now, emit } = context;
  const contents = await contentsOfAll(context, asked);
  const invoices: InvoiceRecord[] = [];
  const byOrganizer = Map.groupBy(asked, ({ issuer }) => issuer.id);
  for (const organizerId of [...byOrganizer.keys()].sort()) {
    const its = byOrganizer.get(organizerId) ?? [];
    const { year } = localDate(now, its[0]?.issuer.timezone ?? 'UTC');
    const last = await tx.invoices.takeNumbers({ organizerId, kind: 'invoice', year }, its.length);
    its.forEach(({ order, issuer, replaces }, at) => {
      const sequence = last - its.length + 1 + at;
      const content = contents.get(order.id);
      if (content === undefined) throw new Error(`Order ${order.id} has nothing to invoice.`);
      invoices.push({
        id: ids.next('inv'),
        organizerId,
        eventId: order.eventId,
        orderId: order.id,
        kind: 'invoice',
        invoiceId: null,
        invoiceNumber: null,
        refundId: null,
        reason: null,
        replaces,
        year,
        sequence,
        number: writtenNumber(issuer.invoiceFormat, {
          prefix: issuer.numberPrefix,
          year,
          sequence,
        }),
        currency: order.currency,
        total: order.total,
        content,
        issuedAt: now,
      });
    });
  }
  await tx.invoices.invoices.insert(invoices);
  for (const invoice of invoices) {
    const { organizerId, eventId, id: subject } = invoice;
    emit({ type: 'invoice.issued', organizerId, eventId, subject, data: invoiceFacts(invoice) });
  }
  await creditRefundsBefore(context, asked);
  return invoices;
}

/** What was given back before there was an invoice has its credit notes now. */
async function creditRefundsBefore(context: WriteContext, asked: readonly ToInvoice[]) {
  const refunded = asked.flatMap(({ order }) => (order.givenBack > 0 ? [order.id] : []));
  for (const refund of await context.tx.refunds.orderRefunds.ofOrders(refunded)) {
    await creditNoteForRefund(context, refund);
  }
}

/** What each of the invoices says, by order; every event is read once. */
async function contentsOfAll({ tx }: WriteContext, asked: readonly ToInvoice[]) {
  const eventIds = [...new Set(asked.map(({ order }) => order.eventId))];
  const typeIds = asked.flatMap(({ order }) => order.quote.lines.map((line) => line.ticketTypeId));
  const [events, sessions, types] = await Promise.all([
    tx.events.events.findMany(eventIds),
    tx.events.sessions.ofEvents(eventIds),
    tx.events.ticketTypes.findMany([...new Set(typeIds)]),
  ]);
  const typesById = new Map(types.map((type) => [type.id, type]));
  return new Map(
    asked.map(({ order, billing, issuer }) => {
      const event = events.find(({ id }) => id === order.eventId);
      if (event === undefined) throw new Error(`Order ${order.id} has no event.`);
      const wanted = order.quote.lines.map(
        ({ ticketTypeId }) => typesById.get(ticketTypeId)?.sessionIds ?? null,
      );
      const own = sessions.filter(
        ({ id, eventId }) =>
          eventId === event.id && wanted.some((at) => at === null || at.includes(id)),
      );
      const content = contentsOf({ order, billing, issuer, event, sessions: own });
      if (sumOf(content.lines, ({ gross }) => gross) + content.rounding !== order.total) {
        throw new Error(`The lines of order ${order.id} do not come to its total.`);
      }
      return [order.id, content];
    }),
  );
}

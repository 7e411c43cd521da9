import type { WriteContext } from '../kernel/index.ts';
import type { OrderRecord } from '../orders/index.ts';
import type { InvoiceRecord } from './invoice.ts';
import { leftOf } from './left.ts';

/**
 * The invoice that an order has, if it stands: one that was credited in full is
 * replaced by the next, unless something of the order was given back. `replaces`: how
 * many there were before. The caller holds the order's lock.
 */
export async function standingInvoice(
  { tx }: Pick<WriteContext, 'tx'>,
  order: OrderRecord,
): Promise<{ readonly standing: InvoiceRecord | undefined; readonly replaces: number }> {
  const invoices = await tx.invoices.invoices.ofOrders([order.id]);
  const newest = invoices.at(-1);
  if (newest === undefined) return { standing: undefined, replaces: 0 };
  const notes = await tx.invoices.invoices.creditNotesOf([newest.id]);
  const isReplaced = leftOf(newest, notes).total === 0 && order.givenBack === 0;
  return { standing: isReplaced ? undefined : newest, replaces: invoices.length };
}

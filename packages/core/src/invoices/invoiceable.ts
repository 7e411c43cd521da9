import { type Instant, type Refusal, unreachable } from '../kernel/index.ts';
import { type Billing, type OrderRecord, stateAt } from '../orders/index.ts';
import { pricedForTaxId } from './contents.ts';
import { billingTaxId, notInvoiceable } from './refusals.ts';

/**
 * Why there is no invoice of an order, or undefined. A resale is a sale of one
 * buyer to another; what is not paid is invoiced by who sells, as with a term.
 */
export function whyNotInvoiceable(
  order: OrderRecord,
  { now, maySell }: { now: Instant; maySell: boolean },
): Refusal<'not_invoiceable'> | undefined {
  const orderId = order.id;
  if (order.kind === 'resale') return notInvoiceable({ orderId, reason: 'resale' });
  if (order.total === 0) return notInvoiceable({ orderId, reason: 'free' });
  const state = stateAt(order, now);
  switch (state) {
    case 'paid':
      return isGivenBack(order) ? notInvoiceable({ orderId, reason: 'refunded' }) : undefined;
    case 'pending':
      return maySell ? undefined : notInvoiceable({ orderId, reason: state });
    case 'expired':
    case 'cancelled':
      return notInvoiceable({ orderId, reason: state });
    default:
      return unreachable(state);
  }
}

/** Whether all of a paid order was given back: then nothing of it is left to invoice. */
export function isGivenBack({ total, givenBack }: OrderRecord): boolean {
  return givenBack >= total;
}

/** A refusal where billing details name another tax id than the one that took the tax out. */
export function wrongTaxId(
  { id: orderId, quote }: Pick<OrderRecord, 'id' | 'quote'>,
  billing: Billing | null | undefined,
): Refusal<'billing_tax_id'> | undefined {
  const [taxId, pricedFor] = [billing?.taxId, pricedForTaxId(quote)];
  if (taxId === undefined || pricedFor === undefined) return undefined;
  if (plain(taxId) === plain(pricedFor)) return undefined;
  return billingTaxId({ orderId, taxId, pricedFor });
}

function plain(taxId: string): string {
  return taxId.replaceAll(/[^A-Za-z0-9]/g, '').toUpperCase();
}

import { plainQuote, type Quote } from './quote-schema.ts';
import { resaleFeeStep, totalStep } from './trace.ts';

/**
 * The price of one resold ticket: what the seller asks, and the buyer's fee
 * of the policy on top. The event's own fees and taxes were paid at the first
 * sale.
 */
export function resaleQuote(
  currency: string,
  listing: { id: string; ticketTypeId: string; name: string; price: number },
  buyerFee: number,
): Quote {
  const { id, ticketTypeId, name, price } = listing;
  const total = price + buyerFee;
  return {
    currency,
    lines: [
      {
        ticketTypeId,
        name,
        quantity: 1,
        admits: 1,
        unitPrice: price,
        subtotal: price,
        discount: 0,
        fee: buyerFee,
        tax: 0,
        total,
      },
    ],
    ...plainQuote,
    subtotal: price,
    fee: buyerFee,
    total,
    trace: [
      {
        rule: 'resale_price',
        source: id,
        line: 0,
        input: price,
        output: price,
        terms: { name, quantity: 1 },
      },
      resaleFeeStep(id, price, buyerFee),
      totalStep(price, total),
    ],
  };
}

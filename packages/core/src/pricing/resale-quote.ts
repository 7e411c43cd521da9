import { sumOf } from '../kernel/index.ts';
import { plainQuote, type Quote } from './quote-schema.ts';
import { resaleFeeStep, totalStep } from './trace.ts';

/** A listing that is bought, with what its buyer pays. Minor units. */
export interface ListedTicket {
  readonly id: string;
  readonly ticketTypeId: string;
  readonly name: string;
  readonly price: number;
  readonly buyerFee: number;
}

/**
 * The price of resold tickets: what the seller asks for each, a line of its own,
 * and the buyer's fee of the policy on top. The event's own fees and taxes were
 * paid at the first sale.
 */
export function resaleQuote(currency: string, listings: readonly ListedTicket[]): Quote {
  const price = sumOf(listings, (own) => own.price);
  const fees = listings.map(({ buyerFee }) => buyerFee);
  const fee = sumOf(fees, (own) => own);
  const [{ id: first } = { id: '' }] = listings;
  return {
    currency,
    lines: listings.map(({ id, ticketTypeId, name, price: unitPrice, buyerFee }) => ({
      ticketTypeId,
      name,
      listingId: id,
      quantity: 1,
      admits: 1,
      unitPrice,
      subtotal: unitPrice,
      discount: 0,
      fee: buyerFee,
      tax: 0,
      total: unitPrice + buyerFee,
    })),
    ...plainQuote,
    subtotal: price,
    fee,
    total: price + fee,
    trace: [
      ...listings.map(({ id, name, price: asked }, line) => ({
        rule: 'resale_price' as const,
        source: id,
        line,
        input: asked,
        output: asked,
        terms: { name, quantity: 1 },
      })),
      resaleFeeStep(first, price, fees),
      totalStep(price, price + fee),
    ],
  };
}

/** The listings that an order or a hold of a resale buys, in the order of its lines. */
export function listingsOfQuote({ lines }: Pick<Quote, 'lines'>): string[] {
  return lines.flatMap(({ listingId }) => listingId ?? []);
}

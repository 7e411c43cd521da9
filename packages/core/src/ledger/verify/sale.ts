import type { GiftCardUseRecord } from '../../gift-cards/index.ts';
import { portion, sumOf } from '../../kernel/index.ts';
import type { OrderRecord } from '../../orders/index.ts';
import type { PaymentRecord } from '../../payments/index.ts';
import type { ListingRecord } from '../../resale/index.ts';
import { type ExpectedPosting, type ExpectedSide, side } from './expected.ts';

/** A paid order with the records beside it. */
export interface PaidOrder {
  readonly order: OrderRecord;
  /** Payments that came and did not go back as unexpected. */
  readonly payments: readonly PaymentRecord[];
  /** What gift cards paid. */
  readonly uses: readonly GiftCardUseRecord[];
  /** What was sold, for a resale; nothing for a first sale. */
  readonly listings: readonly ListingRecord[];
}

/** The posting of a paid order; undefined when it cost nothing. */
export function postingOfOrder(sold: PaidOrder): ExpectedPosting | undefined {
  const { order, payments, uses, listings } = sold;
  const { id, organizerId, eventId, currency, paidAt } = order;
  if (paidAt === null || order.quote.total === 0) return undefined;
  return {
    kind: order.kind === 'primary' ? 'sale' : 'resale',
    sourceId: id,
    organizerId,
    eventId,
    currency,
    at: paidAt,
    sides: [
      side(
        'provider_clearing',
        'payment',
        sumOf(payments, ({ amount }) => amount),
      ),
      ...uses.map(({ giftCardId, amount }) => side('gift_cards', 'gift_card', amount, giftCardId)),
      ...(listings.length === 0 ? sidesOfSale(order) : listings.flatMap(sidesOfResale)),
    ],
  };
}

/** The platform's fees, the taxes, and the rest line by line to the organizer. */
function sidesOfSale({ quote }: OrderRecord): ExpectedSide[] {
  const { lines, fees, taxes, taxIncluded } = quote;
  const fee = (mode: 'passed_on' | 'absorbed') =>
    sumOf(fees, (own) => (own.mode === mode ? own.amount : 0));
  const tax = sumOf(taxes, ({ amount }) => amount);
  const relief = quote.taxRelief?.amount ?? 0;
  const price = sumOf(lines, ({ unitPrice, quantity }) => unitPrice * quantity);
  // What a line was changed by for a tax that is not owed is no rounding.
  const rounded = quote.rounding + sumOf(lines, ({ rounding = 0 }) => rounding) + relief;
  return [
    side('platform_fees', 'fee', 0 - fee('passed_on')),
    side('platform_fees', 'absorbed_fee', 0 - fee('absorbed')),
    ...taxes.map(({ taxId, amount }) => side('tax_payable', 'tax', 0 - amount, taxId)),
    side('organizer_payable', 'price', 0 - price),
    side(
      'organizer_payable',
      'discount',
      sumOf(lines, ({ discount }) => discount),
    ),
    side('organizer_payable', 'absorbed_fee', fee('absorbed')),
    side('organizer_payable', 'tax', taxIncluded ? tax : 0),
    side('organizer_payable', 'tax_relief', relief),
    side('organizer_payable', 'rounding', 0 - rounded),
  ];
}

/** By the terms under which the ticket was listed. */
function sidesOfResale({ ticketId, price, paid, terms }: ListingRecord): ExpectedSide[] {
  const sellerFee = Math.min(price, portion(price, terms.sellerFee));
  const buyerFee = portion(price, terms.buyerFee);
  const { of = null, percent = '0' } = terms.organizerShare ?? {};
  const ofFees = of === 'fees' ? portion(sellerFee + buyerFee, percent) : 0;
  const above = price > paid ? price - paid : 0;
  const ofMarkup = of === 'markup' ? Math.min(price - sellerFee, portion(above, percent)) : 0;
  return [
    side('seller_payable', 'resale_price', 0 - price, ticketId),
    side('seller_payable', 'seller_fee', sellerFee, ticketId),
    side('seller_payable', 'organizer_share', ofMarkup, ticketId),
    side('platform_fees', 'seller_fee', 0 - sellerFee),
    side('platform_fees', 'buyer_fee', 0 - buyerFee),
    side('platform_fees', 'organizer_share', ofFees),
    side('organizer_payable', 'organizer_share', 0 - ofFees - ofMarkup),
  ];
}

/** What taking resales back takes from whom; `back` of what they came to goes to the buyer. */
export function takenByClawBack(
  listings: readonly ListingRecord[],
  back: number,
): readonly ExpectedSide[] {
  const sides = listings.flatMap(sidesOfResale);
  const came = 0 - sumOf(sides, ({ amount }) => amount);
  const refunded = sumOf(listings, (listing) => listing.refunded);
  return [
    ...sides.map((own) => ({ ...own, amount: 0 - own.amount })),
    ...listings.map((own) => side('seller_payable', 'refund', 0 - own.refunded, own.ticketId)),
    side('organizer_payable', 'refund', refunded - came + back),
  ];
}

import type { GiftCardRecord, GiftCardRefundRecord } from '../gift-cards/index.ts';
import { sumOf, type WriteContext } from '../kernel/index.ts';
import type { OrderRecord } from '../orders/index.ts';
import type { PaymentRecord, RefundRecord } from '../payments/index.ts';
import type { ResaleSale } from '../resale/index.ts';
import { post, type Side, type Source } from './post.ts';

/**
 * The first sale: the buyer's money is the organizer's, less the platform's fees and
 * the taxes, which the organizer hands on. What gift cards paid was owed to whoever had them.
 */
export async function bookSale(context: WriteContext, order: OrderRecord): Promise<void> {
  const { fee, absorbedFee, taxes } = order.quote;
  await post(context, 'sale', order, [
    { account: 'provider_clearing', item: 'payment', amount: order.total - order.credited },
    ...cardSides(order),
    { account: 'platform_fees', item: 'fee', amount: -fee },
    { account: 'platform_fees', item: 'absorbed_fee', amount: -absorbedFee },
    ...taxSides(taxes, -1),
    ...organizerSides(order),
  ]);
}

/**
 * What a sale leaves its organizer, from the prices down: a passed-on fee, and a tax
 * on top of the prices, never were theirs.
 */
function organizerSides({ total, quote }: OrderRecord): Side[] {
  const { subtotal, discount, fee, absorbedFee, tax, taxIncluded, taxRelief } = quote;
  const inside = taxIncluded ? tax : 0;
  const relief = taxRelief?.amount ?? 0;
  const known = subtotal - discount - absorbedFee - inside - relief;
  const owed = total - fee - absorbedFee - tax;
  const sides = [
    { item: 'price', amount: -subtotal },
    { item: 'discount', amount: discount },
    { item: 'absorbed_fee', amount: absorbedFee },
    { item: 'tax', amount: inside },
    { item: 'tax_relief', amount: relief },
    // Of cash, and of taxes.
    { item: 'rounding', amount: known - owed },
  ] as const;
  return sides.map((side) => ({ account: 'organizer_payable', ...side }));
}

/** What goes back of a paid first sale. Minor units, none of them negative. */
export interface OrderRefundBooking extends Source {
  readonly amount: number;
  /** What of it the platform gives back of its fees, absorbed ones too. */
  readonly platformFee: number;
  /** What of it is tax that is not owed any more. */
  readonly taxes: readonly { readonly taxId: string; readonly amount: number }[];
}

/**
 * A refund of a paid order: what each had of it is owed to the buyer from now on.
 * Where it goes from there is booked when it goes.
 */
export async function bookOrderRefund(
  context: WriteContext,
  { amount, platformFee, taxes, ...source }: OrderRefundBooking,
): Promise<void> {
  const tax = taxes.reduce((sum, own) => sum + own.amount, 0);
  await post(context, 'order_refund', source, [
    { account: 'organizer_payable', item: 'refund', amount: amount - platformFee - tax },
    { account: 'platform_fees', item: 'refund', amount: platformFee },
    ...taxSides(taxes, 1),
    { account: 'buyer_credit', item: 'refund', amount: -amount },
  ]);
}

/** A resale that is taken back. Minor units. */
interface ClawBack {
  readonly sales: readonly ResaleSale[];
  /** What goes back to the buyer: less than they paid, where they had some of it back as sellers. */
  readonly amount: number;
}

/**
 * A resale that is taken back: the seller is owed nothing of it, the buyer what they
 * paid. What went back to a payment of the seller's was in place of a refund of
 * their order, which the organizer owes them so much less of; and likewise what the buyer
 * had back, having sold it on.
 */
export async function bookClawBack(
  context: WriteContext,
  source: Source,
  { sales, amount }: ClawBack,
): Promise<void> {
  const paid = sumOf(sales, ({ buyerPays }) => buyerPays);
  await post(context, 'claw_back', source, [
    ...sales.flatMap((sale) => resaleSides(sale, -1)),
    ...sales.flatMap(({ ticketId, refunded }): Side[] => [
      { account: 'seller_payable', party: ticketId, item: 'refund', amount: -refunded },
    ]),
    {
      account: 'organizer_payable',
      item: 'refund',
      amount: sumOf(sales, ({ refunded }) => refunded) - (paid - amount),
    },
    { account: 'buyer_credit', item: 'refund', amount: -amount },
  ]);
}

/** What resales leave a seller, the platform and the organizer (1), or take from them (-1). */
function resaleSides(sale: ResaleSale, sign: 1 | -1): Side[] {
  const { ticketId, price, sellerFee, buyerFee, organizerShare, shareOf } = sale;
  const seller = { account: 'seller_payable', party: ticketId } as const;
  const sharing = shareOf === 'markup' ? seller : ({ account: 'platform_fees' } as const);
  return [
    { ...seller, item: 'resale_price', amount: -sign * price },
    { ...seller, item: 'seller_fee', amount: sign * sellerFee },
    { account: 'platform_fees', item: 'seller_fee', amount: -sign * sellerFee },
    { account: 'platform_fees', item: 'buyer_fee', amount: -sign * buyerFee },
    { ...sharing, item: 'organizer_share', amount: sign * organizerShare },
    { account: 'organizer_payable', item: 'organizer_share', amount: -sign * organizerShare },
  ];
}

/** A resale: the buyer's money is the seller's, less the fees of both and the organizer's share. */
export async function bookResale(
  context: WriteContext,
  order: OrderRecord,
  sales: readonly ResaleSale[],
): Promise<void> {
  await post(context, 'resale', order, [
    {
      account: 'provider_clearing',
      item: 'payment',
      amount: sumOf(sales, ({ buyerPays }) => buyerPays) - order.credited,
    },
    ...cardSides(order),
    ...sales.flatMap((sale) => resaleSides(sale, 1)),
  ]);
}

/** What a seller is owed for a ticket goes back to the payment that they bought it with. */
export async function bookSellerRefund(
  context: WriteContext,
  source: Source,
  { ticketId, amount }: { readonly ticketId: string; readonly amount: number },
): Promise<void> {
  await post(context, 'resale_refund', source, [
    { account: 'seller_payable', party: ticketId, item: 'refund', amount },
    { account: 'buyer_credit', item: 'refund', amount: -amount },
  ]);
}

/** Money that came but buys nothing: it is owed back. */
export async function bookUnexpectedPayment(
  context: WriteContext,
  payment: PaymentRecord,
  received: number,
  currency: string,
): Promise<void> {
  await post(context, 'unexpected_payment', { ...payment, currency }, [
    { account: 'provider_clearing', item: 'payment', amount: received },
    { account: 'buyer_credit', item: 'payment', amount: -received },
  ]);
}

/** Money that went back. */
export async function bookRefund(context: WriteContext, refund: RefundRecord): Promise<void> {
  await post(context, 'refund', refund, [
    { account: 'buyer_credit', item: 'refund', amount: refund.amount },
    { account: 'provider_clearing', item: 'refund', amount: -refund.amount },
  ]);
}

/** A gift card that was given out: the organizer has its money, or bears it. */
export async function bookGiftCardIssue(
  context: WriteContext,
  card: GiftCardRecord,
): Promise<void> {
  await post(context, 'gift_card_issue', { ...card, eventId: null }, [
    { account: 'organizer_payable', item: 'gift_card', amount: card.loaded },
    { account: 'gift_cards', item: 'gift_card', amount: -card.loaded, party: card.id },
  ]);
}

/** What goes back to a gift card that paid: a part of a refund, which owes it to the buyer. */
export async function bookGiftCardRefund(
  context: WriteContext,
  refund: GiftCardRefundRecord,
  currency: string,
): Promise<void> {
  await post(context, 'gift_card_refund', { ...refund, currency }, [
    { account: 'buyer_credit', item: 'refund', amount: refund.amount },
    { account: 'gift_cards', item: 'refund', amount: -refund.amount, party: refund.giftCardId },
  ]);
}

/** What of a refund its buyer has as a new gift card: owed in tickets from now on. */
export async function bookRefundCredit(
  context: WriteContext,
  source: Source,
  { giftCardId, amount }: { readonly giftCardId: string; readonly amount: number },
): Promise<void> {
  await post(context, 'refund_credit', source, [
    { account: 'buyer_credit', item: 'refund', amount },
    { account: 'gift_cards', item: 'refund', amount: -amount, party: giftCardId },
  ]);
}

function cardSides({ giftCards }: OrderRecord): Side[] {
  return giftCards.map(({ giftCardId, amount }) => ({
    account: 'gift_cards',
    item: 'gift_card',
    amount,
    party: giftCardId,
  }));
}

function taxSides(
  taxes: readonly { readonly taxId: string; readonly amount: number }[],
  sign: 1 | -1,
): Side[] {
  return taxes.map(({ taxId, amount }) => ({
    account: 'tax_payable',
    item: sign === 1 ? 'refund' : 'tax',
    amount: sign * amount,
    party: taxId,
  }));
}

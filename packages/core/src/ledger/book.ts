import type { GiftCardRecord, GiftCardRefundRecord } from '../gift-cards/index.ts';
import type { WriteContext } from '../kernel/index.ts';
import type { OrderRecord } from '../orders/index.ts';
import type { PaymentRecord, RefundRecord } from '../payments/index.ts';
import type { ResaleSale } from '../resale/index.ts';
import type { Account, EntryRecord, PostingKind, PostingRecord } from './posting.ts';

/** One side of a posting: debit positive, credit negative, minor units. */
interface Side {
  readonly account: Account;
  readonly amount: number;
  readonly party?: string;
}

type Source = Pick<PostingRecord, 'organizerId' | 'eventId' | 'currency'> & { id: string };

/**
 * The first sale: the buyer's money is the organizer's, less the platform's fees and
 * the taxes, which the organizer hands on. What gift cards paid was owed to whoever had them.
 */
export async function bookSale(context: WriteContext, order: OrderRecord): Promise<void> {
  const { fee, absorbedFee, taxes, tax } = order.quote;
  const fees = fee + absorbedFee;
  await post(context, 'sale', order, [
    { account: 'provider_clearing', amount: order.total - order.credited },
    ...cardSides(order),
    { account: 'platform_fees', amount: -fees },
    ...taxSides(taxes, -1),
    { account: 'organizer_payable', amount: fees + tax - order.total },
  ]);
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
    { account: 'organizer_payable', amount: amount - platformFee - tax },
    { account: 'platform_fees', amount: platformFee },
    ...taxSides(taxes, 1),
    { account: 'buyer_credit', amount: -amount },
  ]);
}

/** A resale that is taken back: the seller is owed nothing of it, the buyer all that they paid. */
export async function bookClawBack(
  context: WriteContext,
  source: Source,
  sale: ResaleSale,
): Promise<void> {
  await post(context, 'claw_back', source, [
    {
      account: 'seller_payable',
      amount: sale.price - sale.sellerFee,
      party: sale.ticketId,
    },
    { account: 'platform_fees', amount: sale.sellerFee + sale.buyerFee },
    { account: 'buyer_credit', amount: -(sale.price + sale.buyerFee) },
  ]);
}

/** A resale: the buyer's money is the seller's, less the fees of both. */
export async function bookResale(
  context: WriteContext,
  order: OrderRecord,
  sale: ResaleSale,
): Promise<void> {
  await post(context, 'resale', order, [
    { account: 'provider_clearing', amount: sale.price + sale.buyerFee - order.credited },
    ...cardSides(order),
    { account: 'platform_fees', amount: -(sale.sellerFee + sale.buyerFee) },
    { account: 'seller_payable', amount: sale.sellerFee - sale.price, party: sale.ticketId },
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
    { account: 'provider_clearing', amount: received },
    { account: 'buyer_credit', amount: -received },
  ]);
}

/** Money that went back. */
export async function bookRefund(context: WriteContext, refund: RefundRecord): Promise<void> {
  await post(context, 'refund', refund, [
    { account: 'buyer_credit', amount: refund.amount },
    { account: 'provider_clearing', amount: -refund.amount },
  ]);
}

/** A gift card that was given out: the organizer has its money, or bears it. */
export async function bookGiftCardIssue(
  context: WriteContext,
  card: GiftCardRecord,
): Promise<void> {
  await post(context, 'gift_card_issue', { ...card, eventId: null }, [
    { account: 'organizer_payable', amount: card.loaded },
    { account: 'gift_cards', amount: -card.loaded, party: card.id },
  ]);
}

/** What an organizer gives back to a gift card that paid. */
export async function bookGiftCardRefund(
  context: WriteContext,
  refund: GiftCardRefundRecord,
  currency: string,
): Promise<void> {
  await post(context, 'gift_card_refund', { ...refund, currency }, [
    { account: 'organizer_payable', amount: refund.amount },
    { account: 'gift_cards', amount: -refund.amount, party: refund.giftCardId },
  ]);
}

function cardSides({ giftCards }: OrderRecord): Side[] {
  return giftCards.map(({ giftCardId, amount }) => ({
    account: 'gift_cards',
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
    amount: sign * amount,
    party: taxId,
  }));
}

async function post(
  { tx, ids, now }: WriteContext,
  kind: PostingKind,
  source: Source,
  sides: readonly Side[],
): Promise<void> {
  const sum = sides.reduce((total, side) => total + side.amount, 0);
  if (sum !== 0) throw new Error(`The ${kind} of ${source.id} is off balance by ${sum}.`);
  const { organizerId, eventId, currency } = source;
  const posting: PostingRecord = {
    id: ids.next('pst'),
    organizerId,
    eventId,
    kind,
    sourceId: source.id,
    currency,
    at: now,
  };
  const entries: EntryRecord[] = sides
    .filter(({ amount }) => amount !== 0)
    .map(({ account, amount, party }) => ({
      id: ids.next('ent'),
      postingId: posting.id,
      organizerId,
      eventId,
      account,
      party: party ?? null,
      currency,
      amount,
    }));
  await tx.ledger.append([posting], entries);
}

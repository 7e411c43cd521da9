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
 * The first sale: the buyer's money is the organizer's, less the platform's fees.
 * What gift cards paid was owed to whoever had them.
 */
export async function bookSale(context: WriteContext, order: OrderRecord): Promise<void> {
  const fees = order.quote.fee + order.quote.absorbedFee;
  await post(context, 'sale', order, [
    { account: 'provider_clearing', amount: order.total - order.credited },
    ...cardSides(order),
    { account: 'platform_fees', amount: -fees },
    { account: 'organizer_payable', amount: fees - order.total },
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

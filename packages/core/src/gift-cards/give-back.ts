import { sumOf, type WriteContext } from '../kernel/index.ts';
import { bookGiftCardRefund } from '../ledger/index.ts';
import type { OrderRecord } from '../orders/index.ts';
import { spreadRefund } from './credit.ts';
import type { GiftCardRefundRecord, GiftCardUseRecord } from './use.ts';

/** What gift cards paid of an order. */
type PaidUses = readonly GiftCardUseRecord[];

/**
 * Reads what gift cards paid of an order, under their locks. The caller holds the
 * order's, which keeps other refunds of these uses out; the cards' keep out who
 * spends them. An order without gift cards costs no statement.
 */
export async function lockPaidUses(
  { tx }: WriteContext,
  { id, giftCards }: Pick<OrderRecord, 'id' | 'giftCards'>,
): Promise<PaidUses> {
  if (giftCards.length === 0) return [];
  await tx.giftCards.cards.findForUpdate(giftCards.map(({ giftCardId }) => giftCardId));
  return tx.giftCards.uses.ofOrder(id);
}

/** Gives an amount back to the cards that paid, in the order in which they were used, as a part of a refund. */
export async function giveBackToCards(
  context: WriteContext,
  { id: orderId, organizerId, eventId, currency }: OrderRecord,
  { uses, amount, orderRefundId }: { uses: PaidUses; amount: number; orderRefundId: string },
): Promise<readonly GiftCardRefundRecord[]> {
  if (amount === 0) return [];
  const { tx, ids, now, emit } = context;
  const refunds = spreadRefund(uses, amount).map(
    ({ use, amount: share }): GiftCardRefundRecord => ({
      id: ids.next('gcr'),
      organizerId,
      eventId,
      giftCardId: use.giftCardId,
      orderId,
      useId: use.id,
      orderRefundId,
      amount: share,
      createdAt: now,
    }),
  );
  const sum = sumOf(refunds, (refund) => refund.amount);
  if (sum !== amount) throw new Error(`A refund of ${amount} was spread to ${sum}.`);
  await tx.giftCards.giveBack(refunds);
  await tx.giftCards.refunds.insert(refunds);
  for (const refund of refunds) {
    await bookGiftCardRefund(context, refund, currency);
    const { id, giftCardId, amount: refunded } = refund;
    emit({
      type: 'gift_card.refunded',
      organizerId,
      eventId,
      subject: giftCardId,
      data: { id, giftCardId, orderId, amount: refunded, currency },
    });
  }
  return refunds;
}

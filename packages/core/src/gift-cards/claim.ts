import { isRefusal, type Refusal, type WriteContext } from '../kernel/index.ts';
import type { OrderRecord } from '../orders/index.ts';
import { codeKey, lastFourOf } from './code.ts';
import { type Payable, takeInOrder } from './credit.ts';
import { hashOf } from './hash.ts';
import { giftCardNotValid } from './refusals.ts';
import type { GiftCardUseRecord, OrderCredit } from './use.ts';

/**
 * Decides what the gift cards of these codes pay of an order, in the order given,
 * under their locks. It writes nothing, but what it grants stays to be had until
 * the commit: `claimCredit` takes it. No codes, no statement. The caller has
 * locked event and hold before, and locks counters after it.
 */
export async function grantCredit(
  { tx, secrets, now }: Pick<WriteContext, 'tx' | 'secrets' | 'now'>,
  codes: readonly string[],
  payable: Payable,
): Promise<readonly OrderCredit[] | Refusal<'gift_card_not_valid'>> {
  if (codes.length === 0) return [];
  const keys = new Set<string>();
  for (const code of codes) {
    const key = codeKey(code);
    if (key === undefined) return giftCardNotValid({ lastFour: null });
    keys.add(key);
  }
  const hashes = new Map([...keys].map((key) => [hashOf(secrets, key), key]));
  const found = await tx.giftCards.cards.findByHashes([...hashes.keys()]);
  const byHash = new Map(found.map((card) => [card.codeHash, card]));
  const lastFours = new Map<string, string>();
  for (const [hash, key] of hashes) {
    const card = byHash.get(hash);
    if (card === undefined) return giftCardNotValid({ lastFour: lastFourOf(key) });
    lastFours.set(card.id, card.lastFour);
  }
  const taken = await tx.giftCards.decide([...lastFours.keys()], now, (cards) =>
    takeInOrder(cards, payable, now),
  );
  if (isRefusal(taken)) return taken;
  return taken.map((one) => ({ ...one, lastFour: lastFours.get(one.giftCardId) ?? '' }));
}

/**
 * Writes what was granted as the uses of a new order. They lapse with it, or are
 * its own for good when nothing more is due. The order is there already.
 */
export async function claimCredit(
  { tx, ids, now }: WriteContext,
  order: OrderRecord,
  expiresAt: string | null,
): Promise<void> {
  if (order.giftCards.length === 0) return;
  const uses = order.giftCards.map(
    ({ giftCardId, amount }): GiftCardUseRecord => ({
      id: ids.next('gcu'),
      organizerId: order.organizerId,
      eventId: order.eventId,
      giftCardId,
      orderId: order.id,
      amount,
      refunded: 0,
      usedAt: now,
      expiresAt,
      paidAt: expiresAt === null ? now : null,
      releasedAt: null,
    }),
  );
  await tx.giftCards.uses.insert(uses);
  await tx.giftCards.take(order.giftCards);
}

import { isRefusal, type WriteContext } from '../kernel/index.ts';
import type { OrderRecord } from '../orders/index.ts';
import { takeAgain } from './credit.ts';
import type { CardAmount } from './use.ts';

/** What a payment has to take from gift cards again; nothing, when the order still has it. */
export type SecuredCredit = readonly CardAmount[];

type Credited = Pick<OrderRecord, 'id' | 'giftCards'>;

/**
 * Whether an order that is being paid has its share of gift cards, or can have it
 * again after it lapsed. Undefined: the money on a card is gone meanwhile. It
 * writes nothing; `keepCredit` does. An order without gift cards costs no
 * statement. The caller holds the order's lock, and locks claims after it.
 */
export async function secureCredit(
  { tx, now }: WriteContext,
  { id, giftCards }: Credited,
): Promise<SecuredCredit | undefined> {
  if (giftCards.length === 0) return [];
  const cardIds = giftCards.map(({ giftCardId }) => giftCardId);
  // What lapsed is taken back under the locks, this order's too; what it has after that, it keeps.
  await tx.giftCards.decide(cardIds, now, () => []);
  const uses = await tx.giftCards.uses.ofOrder(id);
  const lost = uses
    .filter(({ releasedAt }) => releasedAt !== null)
    .map(({ giftCardId, amount }) => ({ giftCardId, amount }));
  if (lost.length === 0) return [];
  const taken = await tx.giftCards.decide(cardIds, now, (cards) => takeAgain(cards, lost, now));
  return isRefusal(taken) ? undefined : taken;
}

/** Makes an order's share of gift cards its own for good. */
export async function keepCredit(
  { tx, now }: WriteContext,
  { id, giftCards }: Credited,
  secured: SecuredCredit,
): Promise<void> {
  if (giftCards.length === 0) return;
  await tx.giftCards.settle(id, now);
  if (secured.length > 0) await tx.giftCards.take(secured);
}

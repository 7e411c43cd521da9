import type { WriteContext } from '../kernel/index.ts';
import type { OrderRecord } from '../orders/index.ts';

/**
 * Gives gift cards back what orders that were never paid had taken from them.
 * The caller holds the orders' locks, and locks their claims after it.
 */
export async function releaseCredit(
  { tx, now }: WriteContext,
  orders: readonly Pick<OrderRecord, 'id' | 'giftCards'>[],
): Promise<void> {
  const credited = orders.filter(({ giftCards }) => giftCards.length > 0);
  if (credited.length === 0) return;
  const cardIds = credited.flatMap(({ giftCards }) => giftCards.map((one) => one.giftCardId));
  await tx.giftCards.decide([...new Set(cardIds)], now, () => []);
  await tx.giftCards.release(
    credited.map(({ id }) => id),
    now,
  );
}

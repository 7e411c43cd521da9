import type * as z from 'zod';
import { type Instant, type ReadContext, sumOf } from '../kernel/index.ts';
import { availableOf } from './credit.ts';
import type { GiftCard, GiftCardRecord } from './gift-card.ts';
import type { GiftCardUse, GiftCardUseRecord } from './use.ts';

/** A card as its organizer sees it, without its code. `lapsed`: minor units that count as free. */
export function giftCardResource(card: GiftCardRecord, lapsed: number): GiftCard {
  const { id, organizerId, lastFour, currency, loaded, state, expiresAt, note, createdAt } = card;
  const balance = availableOf(card) + lapsed;
  return {
    id,
    organizerId,
    lastFour,
    currency,
    loaded,
    balance,
    state,
    expiresAt,
    note,
    createdAt,
  };
}

/** What has lapsed of each of these cards, in minor units. */
export async function lapsedOf(
  { tx, now }: Pick<ReadContext, 'tx' | 'now'>,
  cards: readonly GiftCardRecord[],
): Promise<(cardId: string) => number> {
  const lapsed = await tx.giftCards.lapsed(
    cards.map(({ id }) => id),
    now,
  );
  return (cardId) =>
    sumOf(
      lapsed.filter(({ giftCardId }) => giftCardId === cardId),
      ({ amount }) => amount,
    );
}

export function useResource(use: GiftCardUseRecord, now: Instant): z.output<typeof GiftCardUse> {
  const { orderId, eventId, amount, refunded, usedAt } = use;
  return { orderId, eventId, amount, refunded, state: stateOf(use, now), usedAt };
}

function stateOf({ paidAt, releasedAt, expiresAt }: GiftCardUseRecord, now: Instant) {
  if (paidAt !== null) return 'paid';
  return releasedAt !== null || (expiresAt !== null && expiresAt <= now) ? 'released' : 'held';
}

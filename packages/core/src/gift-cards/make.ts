import type { WriteContext } from '../kernel/index.ts';
import { CODE_BYTES, codeFrom, codeKey, lastFourOf } from './code.ts';
import type { GiftCard, GiftCardRecord } from './gift-card.ts';
import { hashOf } from './hash.ts';
import { giftCardResource } from './resource.ts';

/** What a new card is made with; the amount in minor units. */
interface NewGiftCard extends Pick<GiftCardRecord, 'organizerId' | 'currency'> {
  readonly amount: number;
  readonly expiresAt: string | null;
  readonly note: string | null;
}

/** Writes a new card and returns it with its code, of which the card keeps a digest. The caller books it. */
export async function makeGiftCard(
  { tx, ids, secrets, now }: WriteContext,
  { organizerId, amount, currency, expiresAt, note }: NewGiftCard,
): Promise<{ readonly card: GiftCardRecord; readonly code: string }> {
  const code = codeFrom(secrets.random(CODE_BYTES));
  const key = codeKey(code);
  if (key === undefined) throw new Error('A code that was just made does not read as one.');
  const card: GiftCardRecord = {
    id: ids.next('gft'),
    organizerId,
    codeHash: hashOf(secrets, key),
    lastFour: lastFourOf(key),
    currency,
    loaded: amount,
    spent: 0,
    state: 'active',
    expiresAt,
    note,
    createdAt: now,
    revision: 1,
  };
  await tx.giftCards.cards.insert([card]);
  return { card, code };
}

/** Tells of a new card, without its code. */
export function announceGiftCard({ emit }: WriteContext, card: GiftCardRecord): GiftCard {
  const issued = giftCardResource(card, 0);
  emit({
    type: 'gift_card.issued',
    organizerId: card.organizerId,
    eventId: null,
    subject: card.id,
    data: issued,
  });
  return issued;
}

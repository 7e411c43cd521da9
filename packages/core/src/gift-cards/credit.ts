import { type Instant, type Refusal, sumOf } from '../kernel/index.ts';
import type { GiftCardRecord } from './gift-card.ts';
import { giftCardNotValid } from './refusals.ts';
import type { CardAmount, GiftCardUseRecord } from './use.ts';

type NotValid = Refusal<'gift_card_not_valid'>;

/** What can be spent of a card of which nothing has lapsed, in minor units. */
export function availableOf({ loaded, spent }: GiftCardRecord): number {
  return loaded - spent;
}

/** Whether a card pays at all: the same moment counts as expired. */
export function isUsable({ state, expiresAt }: GiftCardRecord, now: Instant): boolean {
  return state === 'active' && (expiresAt === null || expiresAt > now);
}

/** What the cards are to pay for. Amounts in minor units. */
export interface Payable {
  readonly organizerId: string;
  readonly currency: string;
  readonly amount: number;
}

/**
 * Takes an amount from cards in the order given, from each as much as it has. A
 * card that pays nothing here is refused, also when those before it suffice.
 */
export function takeInOrder(
  cards: readonly GiftCardRecord[],
  payable: Payable,
  now: Instant,
): readonly CardAmount[] | NotValid {
  let rest = payable.amount;
  const taken: CardAmount[] = [];
  for (const card of cards) {
    const { id, lastFour } = card;
    if (!paysAt(card, payable) || !isUsable(card, now) || availableOf(card) <= 0) {
      return giftCardNotValid({ lastFour });
    }
    const amount = Math.min(rest, availableOf(card));
    rest -= amount;
    if (amount > 0) taken.push({ giftCardId: id, amount });
  }
  return taken;
}

function paysAt(card: GiftCardRecord, { organizerId, currency }: Omit<Payable, 'amount'>): boolean {
  return card.organizerId === organizerId && card.currency === currency;
}

/**
 * Takes exactly these amounts again, which an order had and lost: all of them or
 * none, from cards that still pay.
 */
export function takeAgain(
  cards: readonly GiftCardRecord[],
  lost: readonly CardAmount[],
  now: Instant,
): readonly CardAmount[] | NotValid {
  for (const { giftCardId, amount } of lost) {
    const card = cards.find(({ id }) => id === giftCardId);
    if (card === undefined || !isUsable(card, now) || availableOf(card) < amount) {
      return giftCardNotValid({ lastFour: card?.lastFour ?? null });
    }
  }
  return lost;
}

/** What can still go back to the card of a use, in minor units. */
function refundableOf({ amount, refunded, paidAt }: GiftCardUseRecord): number {
  return paidAt === null ? 0 : amount - refunded;
}

/** What can still go back to the cards that paid, in minor units. */
export function refundableOfAll(uses: readonly GiftCardUseRecord[]): number {
  return sumOf(uses, refundableOf);
}

/** Spreads what goes back over the uses in their order, each at most what it paid. */
export function spreadRefund(
  uses: readonly GiftCardUseRecord[],
  amount: number,
): { readonly use: GiftCardUseRecord; readonly amount: number }[] {
  let rest = amount;
  return uses.flatMap((use) => {
    const back = Math.min(rest, refundableOf(use));
    rest -= back;
    return back === 0 ? [] : [{ use, amount: back }];
  });
}

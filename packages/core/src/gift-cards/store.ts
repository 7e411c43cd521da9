import type {
  InsertStore,
  Instant,
  ReadStore,
  Refusal,
  Walk,
  WriteStore,
} from '../kernel/index.ts';
import type { GiftCardRecord } from './gift-card.ts';
import type { CardAmount, GiftCardRefundRecord, GiftCardUseRecord } from './use.ts';

interface CardFilter {
  organizerId?: string | undefined;
  state?: GiftCardRecord['state'] | undefined;
}

interface UseFilter {
  giftCardId?: string | undefined;
}

/** A card whose `spent` is not what its live uses took. Minor units. */
export interface GiftCardDrift {
  readonly giftCardId: string;
  readonly spent: number;
  readonly uses: number;
}

/** What goes back to the card of one use. */
export interface UseRefund extends CardAmount {
  readonly useId: string;
}

/** Decides, from cards as they are, what is taken from each. Pure: it may run again. */
export type CreditDecision = (
  cards: readonly GiftCardRecord[],
) => readonly CardAmount[] | Refusal<'gift_card_not_valid'>;

export interface GiftCardReads {
  readonly cards: ReadStore<GiftCardRecord, CardFilter> & {
    /** The cards of these digests, without a lock; those that do not exist are left out. */
    findByHashes(hashes: readonly string[]): Promise<GiftCardRecord[]>;
    /** All of an organizer or of everybody: cards are of no event. */
    readonly walk: Walk<GiftCardRecord>;
  };
  readonly uses: ReadStore<GiftCardUseRecord, UseFilter> & {
    /** The uses of an order, oldest first: in the order in which its cards were used. */
    ofOrder(orderId: string): Promise<GiftCardUseRecord[]>;
    ofOrders(orderIds: readonly string[]): Promise<GiftCardUseRecord[]>;
  };
  readonly refunds: {
    /** What went back of these uses. */
    ofUses(useIds: readonly string[]): Promise<GiftCardRefundRecord[]>;
    readonly walk: Walk<GiftCardRefundRecord>;
  };
  /** What of these cards has lapsed at `now` but was not taken back yet: it counts as free. */
  lapsed(giftCardIds: readonly string[], now: Instant): Promise<CardAmount[]>;
  /** Cards that disagree with their uses; empty when all is well. */
  drift(): Promise<GiftCardDrift[]>;
}

export interface GiftCardWrites extends GiftCardReads {
  readonly cards: WriteStore<GiftCardRecord, CardFilter> & GiftCardReads['cards'];
  readonly uses: InsertStore<GiftCardUseRecord, UseFilter> & GiftCardReads['uses'];
  readonly refunds: GiftCardReads['refunds'] &
    Pick<InsertStore<GiftCardRefundRecord, object>, 'insert'>;
  /**
   * Locks the cards, in ascending order of ids, takes back what lapsed, and lets
   * the decision see them, in the order of the ids given. Of those who ask at
   * the same time each decides on what the ones before it have left. It writes
   * nothing of what was decided: `take` does.
   */
  decide(
    giftCardIds: readonly string[],
    now: Instant,
    decision: CreditDecision,
  ): Promise<ReturnType<CreditDecision>>;
  /**
   * Adds to what was spent of cards, where they have it; where one has not, the
   * transaction ends with `LostRace`.
   */
  take(amounts: readonly CardAmount[]): Promise<void>;
  /** Makes the uses of an order its own for good, also those that had lapsed. */
  settle(orderId: string, now: Instant): Promise<void>;
  /** Ends the uses of unpaid orders and gives the cards theirs back. The caller has their locks. */
  release(orderIds: readonly string[], now: Instant): Promise<void>;
  /** Gives back to cards what paid uses took from them, each at most what it paid. */
  giveBack(refunds: readonly UseRefund[]): Promise<void>;
}

import type { GiftCardRecord, GiftCardRefundRecord } from '../../gift-cards/index.ts';
import type { RefundRecord } from '../../payments/index.ts';
import type { OrderRefundRecord } from '../../refunds/index.ts';
import type { Account, Item } from '../accounts.ts';
import type { PayoutRecord } from '../payout.ts';
import type { PostingRecord } from '../posting.ts';

/**
 * What must be booked, worked out from the records alone. Nothing here is shared with
 * what books (`book.ts`): who copies an error copies it on purpose.
 */
export interface ExpectedPosting extends Omit<PostingRecord, 'id'> {
  readonly sides: readonly ExpectedSide[];
}

export interface ExpectedSide {
  readonly account: Account;
  readonly item: Item;
  readonly party: string | null;
  /** Minor units: debit positive, credit negative. */
  readonly amount: number;
}

export function side(
  account: Account,
  item: Item,
  amount: number,
  party: string | null = null,
): ExpectedSide {
  return { account, item, party, amount };
}

/** Why money goes back that bought nothing: it came as a surprise, and is booked as one. */
const UNEXPECTED: ReadonlySet<string> = new Set([
  'late_payment',
  'already_paid',
  'order_cancelled',
  'wrong_amount',
]);

/** Whether all that a payment brought was unexpected, as a refund of it says. */
export function isOfUnexpected({ reason }: Pick<RefundRecord, 'reason'>): boolean {
  return UNEXPECTED.has(reason);
}

/** A refund through a provider: what came for nothing and is owed back, and what went back. */
export function postingsOfRefund(refund: RefundRecord): ExpectedPosting[] {
  const { organizerId, eventId, currency, amount, paymentId, settledAt } = refund;
  const common = { organizerId, eventId, currency };
  const postings: ExpectedPosting[] = [];
  if (isOfUnexpected(refund)) {
    postings.push({
      ...common,
      kind: 'unexpected_payment',
      sourceId: paymentId,
      at: refund.createdAt,
      sides: [
        side('provider_clearing', 'payment', amount),
        side('buyer_credit', 'payment', 0 - amount),
      ],
    });
  }
  if (refund.state === 'succeeded') {
    postings.push({
      ...common,
      kind: 'refund',
      sourceId: refund.id,
      at: settledAt ?? '',
      sides: [
        side('buyer_credit', 'refund', amount),
        side('provider_clearing', 'refund', 0 - amount),
      ],
    });
  }
  return postings;
}

export function postingOfGiftCard(card: GiftCardRecord): ExpectedPosting {
  const { id, organizerId, currency, loaded, createdAt } = card;
  return {
    kind: 'gift_card_issue',
    sourceId: id,
    organizerId,
    eventId: null,
    currency,
    at: createdAt,
    sides: [
      side('organizer_payable', 'gift_card', loaded),
      side('gift_cards', 'gift_card', 0 - loaded, id),
    ],
  };
}

export function postingOfGiftCardRefund(
  refund: GiftCardRefundRecord,
  currency: string,
): ExpectedPosting {
  const { id, organizerId, eventId, giftCardId, amount, createdAt } = refund;
  return {
    kind: 'gift_card_refund',
    sourceId: id,
    organizerId,
    eventId,
    currency,
    at: createdAt,
    sides: [
      side('buyer_credit', 'refund', amount),
      side('gift_cards', 'refund', 0 - amount, giftCardId),
    ],
  };
}

/**
 * A refund of an order: what it takes from whom, which `taken` says, is owed to the buyer;
 * and what of it became a gift card is owed by that instead.
 */
export function postingsOfOrderRefund(
  refund: OrderRefundRecord,
  kind: 'order_refund' | 'claw_back' | 'resale_refund',
  taken: readonly ExpectedSide[],
): ExpectedPosting[] {
  const { id: sourceId, organizerId, eventId, currency, createdAt: at, amount } = refund;
  const common = { sourceId, organizerId, eventId, currency, at };
  const owed = side('buyer_credit', 'refund', 0 - amount);
  return [
    ...([...taken, owed].every((own) => own.amount === 0)
      ? []
      : [{ ...common, kind, sides: [...taken, owed] }]),
    ...(refund.creditCardId === null
      ? []
      : [
          {
            ...common,
            kind: 'refund_credit' as const,
            sides: [
              side('buyer_credit', 'refund', refund.credit),
              side('gift_cards', 'refund', 0 - refund.credit, refund.creditCardId),
            ],
          },
        ]),
  ];
}

/** What a refund of a first sale takes from the platform, from the taxes, and from the organizer. */
export function takenByRefund({ amount, platformFee, taxes }: OrderRefundRecord): ExpectedSide[] {
  const tax = taxes.reduce((sum, own) => sum + own.amount, 0);
  return [
    side('platform_fees', 'refund', platformFee),
    ...taxes.map((own) => side('tax_payable', 'refund', own.amount, own.taxId)),
    side('organizer_payable', 'refund', amount - platformFee - tax),
  ];
}

/** A payout: that it was made, and what became of it. */
export function postingsOfPayout(payout: PayoutRecord): ExpectedPosting[] {
  const { id, organizerId, eventId, ticketId, currency, amount } = payout;
  const common = { sourceId: id, organizerId, eventId, currency };
  const owed = (sum: number) =>
    ticketId === null
      ? side('organizer_payable', 'payout', sum)
      : side('seller_payable', 'payout', sum, ticketId);
  const onItsWay = (sum: number) => side('payouts_in_transit', 'payout', sum, id);
  const made: ExpectedPosting = {
    ...common,
    kind: 'payout',
    at: payout.createdAt,
    sides: [owed(amount), onItsWay(0 - amount)],
  };
  if (payout.state === 'pending') return [made];
  const at = payout.settledAt;
  return [
    made,
    payout.state === 'paid'
      ? {
          ...common,
          kind: 'payout_settled',
          at,
          sides: [onItsWay(amount), side('provider_clearing', 'payout', 0 - amount)],
        }
      : { ...common, kind: 'payout_returned', at, sides: [onItsWay(amount), owed(0 - amount)] },
  ];
}

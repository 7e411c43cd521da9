import type { Scope, Walk } from '../../kernel/index.ts';
import type { OrderRecord } from '../../orders/index.ts';
import type { ReadTx } from '../../port.ts';
import { listingsOfQuote } from '../../pricing/index.ts';
import type { OrderRefundRecord } from '../../refunds/index.ts';
import {
  type ExpectedPosting,
  isOfUnexpected,
  postingOfGiftCard,
  postingOfGiftCardRefund,
  postingsOfOrderRefund,
  postingsOfPayout,
  postingsOfRefund,
  side,
  takenByRefund,
} from './expected.ts';
import type { LedgerFinding } from './finding.ts';
import { disagreements } from './records.ts';
import { type PaidOrder, postingOfOrder, takenByClawBack } from './sale.ts';

/** What a page of records asks of the books, and where they contradict each other. */
export interface Demands {
  readonly postings: readonly ExpectedPosting[];
  readonly findings: readonly LedgerFinding[];
}

/** Records that are booked, page after page, so that memory holds one page whatever their number. */
type Source = (tx: ReadTx, scope: Scope) => AsyncGenerator<Demands>;

/** Records at a time: an order is some 3 kB, so 1.5 MB. */
const PAGE = 500;

/**
 * Everything that is booked. A room whose records are booked has a line here, and one
 * in `storage/src/stores/ledger-foundations.ts`.
 */
export const sources: readonly Source[] = [
  source((tx) => tx.orders.orders.walk, demandsOfOrders),
  source(
    (tx) => tx.payments.refunds.walk,
    async (_tx, refunds) => posted(refunds.flatMap(postingsOfRefund)),
  ),
  source(
    (tx) => tx.giftCards.cards.walk,
    async (tx, cards) => {
      // What a refund became is booked with it.
      const ofRefunds = new Set(
        await tx.refunds.orderRefunds.cardsAmong(cards.map(({ id }) => id)),
      );
      return posted(cards.filter(({ id }) => !ofRefunds.has(id)).map(postingOfGiftCard));
    },
  ),
  source(
    (tx) => tx.giftCards.refunds.walk,
    async (tx, refunds) => {
      const cards = await tx.giftCards.cards.findMany(refunds.map(({ giftCardId }) => giftCardId));
      const currencies = new Map(cards.map(({ id, currency }) => [id, currency]));
      return posted(
        refunds.map((refund) =>
          postingOfGiftCardRefund(refund, currencies.get(refund.giftCardId) ?? ''),
        ),
      );
    },
  ),
  source((tx) => tx.refunds.orderRefunds.walk, demandsOfOrderRefunds),
  source(
    (tx) => tx.ledger.payouts.walk,
    async (_tx, payouts) => posted(payouts.flatMap(postingsOfPayout)),
  ),
];

function posted(postings: readonly ExpectedPosting[]): Demands {
  return { postings, findings: [] };
}

function source<Row extends { readonly id: string }>(
  walkOf: (tx: ReadTx) => Walk<Row>,
  demandsOf: (tx: ReadTx, rows: readonly Row[]) => Promise<Demands>,
): Source {
  return async function* pages(tx, scope) {
    let after: string | undefined;
    do {
      const rows = await walkOf(tx)(scope, { after, limit: PAGE });
      if (rows.length > 0) yield demandsOf(tx, rows);
      // A database in this process answers at once: between pages others have their turn.
      await nextTurn();
      after = rows.length < PAGE ? undefined : rows.at(-1)?.id;
    } while (after !== undefined);
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

async function demandsOfOrders(tx: ReadTx, orders: readonly OrderRecord[]): Promise<Demands> {
  const ids = orders.map(({ id }) => id);
  const refunds = await tx.payments.refunds.ofOrders(ids);
  const unexpected = new Set(refunds.filter(isOfUnexpected).map(({ paymentId }) => paymentId));
  const kept = (await tx.payments.payments.ofOrders(ids)).filter(
    ({ id, state }) => state === 'succeeded' && !unexpected.has(id),
  );
  const withCards = orders.filter(({ giftCards }) => giftCards.length > 0).map(({ id }) => id);
  const uses = (await tx.giftCards.uses.ofOrders(withCards)).filter(
    ({ paidAt }) => paidAt !== null,
  );
  const toCards = await tx.giftCards.refunds.ofUses(uses.map(({ id }) => id));
  const listings = await tx.resale.listings.findMany(
    orders.flatMap(({ state, quote }) => (state === 'paid' ? listingsOfQuote(quote) : [])),
  );

  const given = await tx.refunds.orderRefunds.ofOrders(ids);

  const [paymentsOf, usesOf, refundsOf, toCardsOf, givenOf] = [
    byOrder(kept),
    byOrder(uses),
    byOrder(refunds),
    byOrder(toCards),
    byOrder(given),
  ];
  const listingOf = new Map(listings.map((listing) => [listing.id, listing]));
  const judged = orders.map((order) => {
    const sold: PaidOrder = {
      order,
      payments: paymentsOf(order.id),
      uses: usesOf(order.id),
      listings: listingsOfQuote(order.quote).flatMap((id) => listingOf.get(id) ?? []),
    };
    const back = {
      refunds: refundsOf(order.id),
      toGiftCards: toCardsOf(order.id),
      given: givenOf(order.id),
    };
    return { posting: postingOfOrder(sold), findings: disagreements(sold, back) };
  });
  return {
    postings: judged.flatMap(({ posting }) => posting ?? []),
    findings: judged.flatMap(({ findings }) => findings),
  };
}

async function demandsOfOrderRefunds(
  tx: ReadTx,
  refunds: readonly OrderRefundRecord[],
): Promise<Demands> {
  const orders = await tx.orders.orders.findMany(refunds.map(({ orderId }) => orderId));
  const listings = await tx.resale.listings.findMany(
    orders.flatMap(({ quote }) => listingsOfQuote(quote)),
  );
  const orderOf = new Map(orders.map((order) => [order.id, order]));
  const listingOf = new Map(listings.map((listing) => [listing.id, listing]));
  return posted(
    refunds.flatMap((refund) => {
      if (refund.kind === 'resold') {
        const { ticketIds, amount } = refund;
        const taken = side('seller_payable', 'refund', amount, ticketIds[0] ?? null);
        return postingsOfOrderRefund(refund, 'resale_refund', [taken]);
      }
      const quote = orderOf.get(refund.orderId)?.quote;
      const sold = quote === undefined ? [] : listingsOfQuote(quote);
      const resold = sold.flatMap((id) => listingOf.get(id) ?? []);
      return resold.length === 0
        ? postingsOfOrderRefund(refund, 'order_refund', takenByRefund(refund))
        : postingsOfOrderRefund(refund, 'claw_back', takenByClawBack(resold, refund.amount));
    }),
  );
}

function byOrder<Row extends { readonly orderId: string }>(
  rows: readonly Row[],
): (orderId: string) => readonly Row[] {
  const groups = Map.groupBy(rows, ({ orderId }) => orderId);
  return (orderId) => groups.get(orderId) ?? [];
}

import {
  announceGiftCard,
  giveBackToCards,
  lockPaidUses,
  makeGiftCard,
} from '../gift-cards/index.ts';
import { freePlaces } from '../inventory/index.ts';
import { creditNoteForRefund } from '../invoices/index.ts';
import { actorName, isRefusal, LostRace, sumOf, type WriteContext } from '../kernel/index.ts';
import { bookClawBack, bookOrderRefund, bookRefundCredit } from '../ledger/index.ts';
import type { OrderRecord } from '../orders/index.ts';
import { refundStateOf } from '../orders/index.ts';
import { keptPayment, type RefundRecord, requestRefund } from '../payments/index.ts';
import { listingsOfQuote } from '../pricing/index.ts';
import { invalidateListingOfTicket, saleOfListing } from '../resale/index.ts';
import { type TicketRecord, writeVoid } from '../tickets/index.ts';
import { invalidateTransfersOf } from '../transfers/index.ts';
import { hasSuccessor } from './choice.ts';
import {
  type Decided,
  decideRefund,
  type GiveBackRefusal,
  type RefundWish,
  ticketsOfOrder,
} from './decide.ts';
import { type OrderRefundRecord, orderRefundResource, type RefundMeans } from './order-refund.ts';

/** A refund that was just recorded. */
export interface GivenBack {
  readonly refund: OrderRefundRecord;
  readonly order: OrderRecord;
  /** What its provider has to send now. */
  readonly payment: RefundRecord | undefined;
}

/**
 * Gives back of a paid order, whose lock the caller holds: its tickets are void and
 * their places free, the books say whose the money was, and it is on its way. All of
 * it or, with a refusal, nothing. A repeat finds less to give back.
 */
export async function giveBack(
  context: WriteContext,
  order: OrderRecord,
  wish: RefundWish,
): Promise<GivenBack | GiveBackRefusal> {
  const { tx, ids } = context;
  const [before, tickets] = await Promise.all([
    tx.refunds.orderRefunds.ofOrder(order.id),
    lockTicketsOf(context, order.id),
  ]);
  const decided = await decideRefund(context, { order, tickets, before }, wish);
  if (isRefusal(decided)) return decided;

  const id = ids.next('orf');
  await voidAll(context, decided, wish);
  const platformFee = await book(context, order, { id, ...decided });
  const { means, payment, creditCode } = await pay(context, order, { id, ...decided });
  await freePlaces(
    context,
    decided.tickets.filter(({ state }) => state === 'valid'),
  );
  const refund = {
    ...recordOf(context, order, { id, means, creditCode, ...decided }, wish),
    platformFee,
  };
  await tx.refunds.orderRefunds.insert([refund]);
  const arrived = decided.split.giftCards + decided.split.credit;
  const next: OrderRecord = {
    ...order,
    givenBack: order.givenBack + refund.amount,
    refunded: order.refunded + arrived,
  };
  await tx.orders.orders.save(next, order);
  announce(context, next, refund);
  await creditNoteForRefund(context, refund);
  return { refund, order: next, payment };
}

/**
 * All tickets of an order, locked, since which ones go back is decided under their
 * locks. The caller holds the order's.
 */
export async function lockTicketsOf(
  context: WriteContext,
  orderId: string,
): Promise<TicketRecord[]> {
  const found = await ticketsOfOrder(context, orderId);
  const tickets = await context.tx.tickets.tickets.findForUpdate(found.map(({ id }) => id));
  demandAll(tickets);
  return tickets;
}

/** What follows from every refund of an order, in its own transaction, follows here. */
function announce({ emit }: WriteContext, order: OrderRecord, refund: OrderRefundRecord): void {
  const { givenBack, total } = order;
  emit({
    type: 'order.refunded',
    organizerId: order.organizerId,
    eventId: order.eventId,
    subject: order.id,
    data: {
      ...orderRefundResource(refund),
      order: { total, givenBack, refundState: refundStateOf(order) },
    },
  });
}

/** A ticket that changed hands while its lock was waited for has a successor that is not locked. */
function demandAll(tickets: readonly TicketRecord[]): void {
  for (const was of tickets.filter(hasSuccessor)) {
    const isThere = tickets.some(
      ({ admissionId, issue }) => admissionId === was.admissionId && issue === was.issue + 1,
    );
    if (!isThere) throw new LostRace(`Ticket ${was.id} changed hands meanwhile.`);
  }
}

/** Voids the tickets that are not void already, and closes their listings. */
async function voidAll(context: WriteContext, { tickets, plan }: Decided, wish: RefundWish) {
  const reason = plan.amount === 0 && wish.isCancelled ? 'cancelled' : 'refunded';
  const valid = tickets.filter(({ state }) => state === 'valid');
  const ids = valid.map(({ id }) => id);
  // All offers at once, so that they are locked in their order.
  await invalidateTransfersOf(context, ids);
  for (const ticket of valid) await writeVoid(context, ticket, reason);
  for (const id of ids) await invalidateListingOfTicket(context, id);
}

type Written = Decided & { readonly id: string };

interface MeansMade {
  readonly means: readonly RefundMeans[];
  /** Sealed; null where nothing became a gift card. */
  readonly creditCode: string | null;
}

/** What each had of it is owed to the buyer from now on; returns what the platform had. */
async function book(
  context: WriteContext,
  order: OrderRecord,
  { id, plan }: Written,
): Promise<number> {
  const { organizerId, eventId, currency } = order;
  const source = { id, organizerId, eventId, currency };
  if (order.kind === 'primary') {
    const { amount, platformFee, taxes } = plan;
    await bookOrderRefund(context, { ...source, amount, platformFee, taxes });
    return platformFee;
  }
  const listings = await context.tx.resale.listings.findMany(listingsOfQuote(order.quote));
  if (listings.length === 0) throw new Error(`Order ${order.id} has no listing.`);
  const sales = listings.map(saleOfListing);
  await bookClawBack(context, source, { sales, amount: plan.amount });
  return sumOf(sales, ({ platformGets }) => platformGets);
}

/** Sends it where it goes: to the provider that received it, to cards that paid, to a new card. */
async function pay(context: WriteContext, order: OrderRecord, { id, split }: Written) {
  const means: RefundMeans[] = [];
  let payment: RefundRecord | undefined;
  if (split.provider > 0) {
    const kept = await keptPayment(context, order.id);
    if (kept === undefined) throw new Error(`Order ${order.id} has no payment that bought it.`);
    payment = await requestRefund(context, kept, { orderRefundId: id, amount: split.provider });
    const { paymentId, id: refundId, amount } = payment;
    means.push({ to: 'provider', paymentId, refundId, amount });
  }
  const uses = split.giftCards === 0 ? [] : await lockPaidUses(context, order);
  const back = { uses, amount: split.giftCards, orderRefundId: id };
  for (const { giftCardId, amount } of await giveBackToCards(context, order, back)) {
    means.push({ to: 'gift_card', giftCardId, amount });
  }
  if (split.credit === 0) return { means, payment, creditCode: null };
  const { organizerId, eventId, currency } = order;
  const note = `Refund of ${order.id}`;
  const made = { organizerId, currency, amount: split.credit, expiresAt: null, note };
  const { card, code } = await makeGiftCard(context, made);
  const credit = { giftCardId: card.id, amount: split.credit };
  await bookRefundCredit(context, { id, organizerId, eventId, currency }, credit);
  announceGiftCard(context, card);
  means.push({ to: 'credit', ...credit });
  // Nobody is there to be shown it in a refund run: it is kept for the buyer.
  const creditCode = context.secrets.seal(new TextEncoder().encode(code));
  return { means, payment, creditCode };
}

function recordOf(
  { actor, now }: WriteContext,
  { id: orderId, organizerId, eventId, currency }: OrderRecord,
  { id, means, creditCode, plan, split, tickets }: Written & MeansMade,
  { amount, kind, reason = null, policy = 'keep_prices', ...wish }: RefundWish,
): OrderRefundRecord {
  const credit = means.find(({ to }) => to === 'credit');
  return {
    id,
    organizerId,
    eventId,
    orderId,
    kind: kind ?? (amount === undefined ? 'requested' : 'goodwill'),
    reason,
    policy,
    feesKept: wish.feesKept ?? false,
    percent: wish.percent ?? '100',
    currency,
    amount: plan.amount,
    units: plan.units,
    lines: plan.lines,
    ticketIds: tickets.map((ticket) => ticket.id),
    platformFee: plan.platformFee,
    taxes: plan.taxes.filter((tax) => tax.amount !== 0),
    means,
    credit: split.credit,
    creditCardId: credit?.to === 'credit' ? credit.giftCardId : null,
    creditCode,
    runId: wish.runId ?? null,
    madeBy: actorName(actor),
    createdAt: now,
  };
}

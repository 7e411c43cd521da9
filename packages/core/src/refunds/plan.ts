import { distribute, portion, type Refusal, sumOf } from '../kernel/index.ts';
import type { OrderRecord } from '../orders/index.ts';
import {
  paidOf,
  plusUnits,
  type Quote,
  type RefundPolicy,
  refundKeepingPrices,
  refundRepriced,
  type Units,
} from '../pricing/index.ts';
import { unitsBefore } from './choice.ts';
import type { OrderRefundRecord } from './order-refund.ts';
import {
  cappedParts,
  minusParts,
  nothing,
  type Parts,
  partsOfSale,
  partsOfUnits,
  plusParts,
  scaledParts,
} from './parts.ts';
import { refundAbovePaid } from './refusals.ts';

/** What of a paid order goes back, and for what. */
export interface RefundRequest {
  readonly order: Pick<OrderRecord, 'id' | 'quote' | 'givenBack'>;
  readonly before: readonly OrderRefundRecord[];
  /** So many units of each line, or an amount for which none is given back. */
  readonly back: { readonly units: Units } | { readonly amount: number };
  /** The tickets of those units. Default: none. */
  readonly ticketIds?: readonly string[];
  readonly policy: RefundPolicy;
  readonly feesKept: boolean;
  /** Of what `keep_prices` comes to; a decimal string. */
  readonly percent: string;
  /** Under `reprice`, what the units that stay would have cost; null: none do. */
  readonly rest?: Quote | null;
}

export interface RefundPlan extends Parts {
  readonly amount: number;
  readonly units: Units;
  readonly lines: OrderRefundRecord['lines'];
}

/**
 * What goes back, and what of it was whose. It never exceeds what was paid less what
 * went back; the refund that takes the rest takes all that anybody has left of it, so
 * that whatever the steps, everything comes back to zero.
 */
export function planRefund(request: RefundRequest): RefundPlan | Refusal<'refund_above_paid'> {
  const { order, before, back } = request;
  const { quote, givenBack } = order;
  // What cost nothing was not booked: nobody had a part of it.
  const booked = partsOfSale(quote);
  const sold = quote.total === 0 ? nothing(booked) : booked;
  const left = minusParts(sold, before.reduce<Parts>(plusParts, nothing(booked)));
  const rest = quote.total - givenBack;
  // What a seller had back of a ticket that stays sold took nothing from anybody's part.
  const isOpen = resoldBack(before) > 0;
  const { amount, units, lines, parts } =
    'amount' in back ? anAmount(request, back.amount, left) : ofUnits(request, back.units);
  const refundable = request.feesKept && 'amount' in back ? withoutFees(request) : rest;
  if (amount > refundable) {
    return refundAbovePaid({ orderId: order.id, refundable, currency: quote.currency });
  }
  const isLast = amount === rest && !(isOpen && (request.feesKept || staysSold(request, units)));
  const own = isLast ? left : cappedParts(parts, left);
  return { amount, units, lines, ...own };
}

/** What went back to the buyer as the seller of tickets; of these only, where some are named. */
function resoldBack(before: readonly OrderRefundRecord[], of?: readonly string[]): number {
  const resold = before.filter(({ kind }) => kind === 'resold');
  const its = of === undefined ? resold : resold.filter((own) => isOfSome(own, of));
  return sumOf(its, ({ amount }) => amount);
}

/** What went back of the sale itself: of a resale, only where its ticket was given back after it. */
function refundedOfSale({ order, before }: RefundRequest): number {
  const gone = before.filter(({ kind }) => kind !== 'resold').flatMap((own) => own.ticketIds);
  return order.givenBack - resoldBack(before) + resoldBack(before, gone);
}

function isOfSome({ ticketIds }: OrderRefundRecord, ids: readonly string[]): boolean {
  return ticketIds.some((id) => ids.includes(id));
}

/** Whether something of the order is still not given back after these units. */
function staysSold({ order, before }: RefundRequest, units: Units): boolean {
  const gone = plusUnits(unitsBefore(before), units);
  return order.quote.lines.some(({ quantity }, at) => (gone[at] ?? 0) < quantity);
}

/** What goes back while the fees stay paid: at most the rest of what was paid for tickets. */
function withoutFees({ order: { quote, givenBack } }: RefundRequest): number {
  return Math.max(0, paidOf(quote, true) - givenBack);
}

/** An amount alone: everybody gives back of what they have left, in proportion. */
function anAmount({ order, before, feesKept }: RefundRequest, amount: number, left: Parts) {
  const parts = feesKept ? { ...left, platformFee: 0 } : left;
  const rest = order.quote.total - order.givenBack + resoldBack(before);
  return {
    amount,
    units: order.quote.lines.map(() => 0),
    lines: [],
    parts: scaledParts(parts, rest, amount),
  };
}

function ofUnits(request: RefundRequest, units: Units) {
  const { order, policy, feesKept, percent, ticketIds = [] } = request;
  const { quote, givenBack } = order;
  if (units.every((own) => own === 0))
    return { amount: 0, units, lines: [], parts: nothing(partsOfSale(quote)) };
  const before = unitsBefore(request.before);
  const asked = { quote, returned: units, before, feesKept };
  const worth = refundKeepingPrices(asked);
  // What went back at a resale of these tickets went back for them already.
  const resold = resoldBack(request.before, ticketIds);
  const whole =
    policy === 'reprice'
      ? refundRepriced({ ...asked, refunded: refundedOfSale(request) }, request.rest ?? null)
      : { ...worth, amount: portion(worth.amount, percent) };
  const amount = Math.max(0, Math.min(whole.amount - resold, quote.total - givenBack));
  const amounts = distribute(
    whole.lines.length === 0 ? 0 : amount,
    whole.lines.map((line) => line.amount),
  );
  const all = partsOfUnits(quote, plusUnits(before, units), feesKept);
  const parts = minusParts(all, partsOfUnits(quote, before, feesKept));
  return {
    amount,
    units,
    lines: whole.lines.map((line, at) => ({ ...line, amount: amounts[at] ?? 0 })),
    parts: scaledParts(parts, worth.amount, Math.min(worth.amount, amount + resold)),
  };
}

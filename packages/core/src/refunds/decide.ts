import { refundableOfAll } from '../gift-cards/index.ts';
import { isRefusal, type ReadContext, type Refusal } from '../kernel/index.ts';
import { amountDue, type OrderRecord, stateAt } from '../orders/index.ts';
import { plusUnits, type Quote, type RefundPolicy } from '../pricing/index.ts';
import type { TicketRecord } from '../tickets/index.ts';
import { choose, unitsBefore, type Wanted } from './choice.ts';
import type { OrderRefundRecord, RefundKind } from './order-refund.ts';
import { planRefund, type RefundPlan } from './plan.ts';
import { nothingToRefund, notRefundable, orderNotPaid, refundNotAllowed } from './refusals.ts';
import { restOf } from './rest.ts';
import { moneyGivenBack, type RefundTo, type Split, splitRefund } from './split.ts';

/** What somebody wants to go back of an order. */
export interface RefundWish {
  /** What is given back for it. Default: everything that is left. */
  readonly wanted?: Wanted | undefined;
  /** Minor units that go back for nothing, instead. */
  readonly amount?: number | undefined;
  /** Default: `keep_prices`. */
  readonly policy?: RefundPolicy | undefined;
  /** Default: they go back too. */
  readonly feesKept?: boolean | undefined;
  /** What of it goes back, as a decimal string. Default: all. */
  readonly percent?: string;
  readonly to?: RefundTo;
  readonly reason?: string | null;
  readonly kind?: RefundKind;
  readonly runId?: string | null;
  /** Also tickets that were checked in. */
  readonly force?: boolean;
  /** Whether the event is cancelled: then resales are taken back, and resold places refunded. */
  readonly isCancelled?: boolean;
  /** Only tickets that the buyer has still: others are for members to give back. */
  readonly ownOnly?: boolean;
  /** What it has to come to, in minor units, by the event's policy. */
  readonly minimum?: number;
}

/** A refund as it was decided, before anything of it is written. */
export interface Decided {
  readonly plan: RefundPlan;
  readonly split: Split;
  readonly tickets: readonly TicketRecord[];
}

export type GiveBackRefusal = Refusal<
  | 'order_not_paid'
  | 'not_found'
  | 'not_refundable'
  | 'incomplete_group'
  | 'not_in_order'
  | 'nothing_to_refund'
  | 'refund_above_paid'
  | 'refund_not_allowed'
  | 'amount_too_large'
  | 'tax_place_missing'
>;

/** What a refund is decided on; whoever writes it has the order's and the tickets' locks. */
export interface Stand {
  readonly order: OrderRecord;
  readonly tickets: readonly TicketRecord[];
  readonly before: readonly OrderRefundRecord[];
}

/** Decides what goes back, whose it was and where it goes. It writes nothing. */
export async function decideRefund(
  context: ReadContext,
  { order, tickets, before }: Stand,
  wish: RefundWish,
): Promise<Decided | GiveBackRefusal> {
  const state = stateAt(order, context.now);
  if (state !== 'paid') return orderNotPaid({ orderId: order.id, state });
  const { quote } = order;
  const { amount, wanted = 'everything', force = false, isCancelled = false } = wish;
  const { ownOnly = false } = wish;
  const isResale = order.kind === 'resale';
  const [first] = tickets;
  if (isResale && first !== undefined && (!isCancelled || amount !== undefined)) {
    return notRefundable({ ticketId: first.id, why: 'bought_resold' });
  }
  // A resale is taken back whole: its tickets do not name the lines of its quote.
  const choice =
    amount === undefined
      ? choose(
          {
            quote,
            tickets,
            before: before.filter(isGivenBack),
            force,
            isCancelled,
            onlyOf: ownOnly ? order : undefined,
          },
          isResale ? 'everything' : wanted,
        )
      : { units: quote.lines.map(() => 0), tickets: [] };
  if (isRefusal(choice)) return choice;
  const isNothing = choice.units.every((units) => units === 0) && choice.tickets.length === 0;
  if (amount === undefined && isNothing) return nothingToRefund({ orderId: order.id });

  // Neither the seller of a resale nor the platform keeps any of it.
  const { policy = 'keep_prices', feesKept = false, percent = '100' } = isResale ? {} : wish;
  let rest: Quote | null = null;
  if (policy === 'reprice') {
    const stays = await restOf(context, order, plusUnits(unitsBefore(before), choice.units));
    if (isRefusal(stays)) return stays;
    rest = stays;
  }
  const back = amount === undefined ? { units: choice.units } : { amount };
  const ticketIds = choice.tickets.map(({ id }) => id);
  const plan = planRefund({ order, before, back, ticketIds, policy, feesKept, percent, rest });
  if (isRefusal(plan)) return plan;
  const { minimum = 0 } = wish;
  if (plan.amount < minimum) {
    return refundNotAllowed({ eventId: order.eventId, why: 'below_minimum', until: null, minimum });
  }
  const split = splitRefund(plan.amount, wish.to ?? 'original', {
    orderId: order.id,
    currency: order.currency,
    provider: amountDue(order) - moneyGivenBack(before),
    giftCards: order.credited === 0 ? 0 : refundableOfAll(await usesOf(context, order)),
  });
  return isRefusal(split) ? split : { plan, split, tickets: choice.tickets };
}

/** Whether its tickets were given back: one that was sold on stays sold. */
export function isGivenBack({ kind }: Pick<OrderRefundRecord, 'kind'>): boolean {
  return kind !== 'resold';
}

function usesOf({ tx }: ReadContext, { id }: OrderRecord) {
  return tx.giftCards.uses.ofOrder(id);
}

/** Most tickets that an order has. */
const ALL = 100_000;

/** The tickets of an order, void ones too, in the order of their ids. */
export async function ticketsOfOrder(
  { tx }: Pick<ReadContext, 'tx'>,
  orderId: string,
): Promise<TicketRecord[]> {
  const { items } = await tx.tickets.tickets.list({ orderId }, { limit: ALL, after: undefined });
  return items.reverse();
}

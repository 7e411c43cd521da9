import { given, type ReadContext, type Refusal, ratioOf } from '../kernel/index.ts';
import type { OrderRecord } from '../orders/index.ts';
import { mayAt } from '../organizers/index.ts';
import type { RefundPolicy } from '../pricing/index.ts';
import type { TicketRecord } from '../tickets/index.ts';
import type { Wanted } from './choice.ts';
import { isGivenBack, type RefundWish, ticketsOfOrder } from './decide.ts';
import type { RefundKind } from './order-refund.ts';
import { type Granted, grantedAt, policyOf, type RefundTerms } from './policy.ts';
import { refundNotAllowed } from './refusals.ts';

/** What a caller asks for; what is undefined is left to the event's policy. */
export interface Asked {
  readonly wanted: Wanted;
  readonly amount?: number | undefined;
  readonly policy: RefundPolicy;
  readonly feesKept?: boolean | undefined;
  readonly to: 'original' | 'credit';
  readonly reason: string | null;
  readonly kind?: RefundKind | undefined;
  readonly ignorePolicy: boolean;
}

type NotAllowed = Refusal<'refund_not_allowed'>;

/**
 * What a caller may have of what they ask for. The policy that the order was bought
 * under holds for everybody; members who manage the event may ignore it, and give an
 * amount, reprice or keep fees as they like. Of a cancelled event everything comes back.
 */
export async function permittedWish(
  context: ReadContext,
  order: OrderRecord,
  asked: Asked,
): Promise<RefundWish | NotAllowed> {
  const { tx, actor, now } = context;
  const { eventId, organizerId } = order;
  const isMember = await mayAt(context, actor, organizerId, 'manage_events');
  const refused = isMember ? undefined : membersOnly(eventId, asked);
  if (refused !== undefined) return refused;
  const event = await tx.events.events.find(eventId);
  const isCancelled = event?.state === 'cancelled';
  const { ignorePolicy, feesKept: keeps, ...rest } = asked;
  const { wanted, amount, to } = rest;
  const own = given({ feesKept: keeps });
  const free: RefundWish = {
    ...given(rest),
    ...own,
    force: ignorePolicy,
    isCancelled,
    // The money is the buyer's, but a ticket is its holder's; of a cancelled event it is worth nothing.
    ownOnly: !isMember && !isCancelled,
  };
  if (isCancelled || ignorePolicy || amount !== undefined) return free;

  const policies = await tx.refunds.policies.ofEvent(eventId);
  const record = policyOf(policies, order);
  if (record === undefined) return isMember ? free : no(eventId, 'no_self_service');
  const { terms } = record;
  if (!isMember) {
    const obstacle = notForBuyers(eventId, terms, to);
    if (obstacle !== undefined) return obstacle;
  }
  const granted = grantedAt(record, await startOf(context, order, wanted), now);
  if (isNothing(granted)) return no(eventId, 'too_late', { until: granted.until });
  const { feesKept, minimum } = terms;
  return { ...free, feesKept, ...own, percent: granted.percent, minimum };
}

/** What a buyer would have of the event's policy, whoever asks. */
export function asBuyer(context: ReadContext): ReadContext {
  return { ...context, actor: { type: 'anonymous' } };
}

function membersOnly(eventId: string, asked: Asked): NotAllowed | undefined {
  const { amount, feesKept, policy, kind, ignorePolicy } = asked;
  const isPlain =
    amount === undefined &&
    feesKept === undefined &&
    policy === 'keep_prices' &&
    kind === undefined &&
    !ignorePolicy;
  return isPlain ? undefined : no(eventId, 'members_only');
}

function notForBuyers(
  eventId: string,
  { selfService, to: where }: RefundTerms,
  to: 'original' | 'credit',
): NotAllowed | undefined {
  if (!selfService) return no(eventId, 'no_self_service');
  if (where === 'either' || where === to) return undefined;
  return no(eventId, where === 'credit' ? 'credit_only' : 'original_only');
}

function isNothing({ percent }: Granted): boolean {
  return ratioOf(percent).numerator === 0n;
}

/**
 * When the first session begins of what is wanted; null: the event has none. What makes
 * no tickets, as a product, goes by those of its order, else by the event.
 */
async function startOf(context: ReadContext, order: OrderRecord, wanted: Wanted) {
  const { tx } = context;
  const [tickets, before, sessions] = await Promise.all([
    ticketsOfOrder(context, order.id),
    tx.refunds.orderRefunds.ofOrder(order.id),
    tx.events.sessions.ofEvents([order.eventId]),
  ]);
  const gone = new Set(before.filter(isGivenBack).flatMap(({ ticketIds }) => ticketIds));
  const named = tickets.filter(({ id }) => !gone.has(id)).filter(wantedIn(order, wanted));
  const theirs = named.length === 0 ? tickets : named;
  const starts = sessions
    .filter(
      ({ id }) =>
        theirs.length === 0 ||
        theirs.some(({ sessionIds }) => sessionIds === null || sessionIds.includes(id)),
    )
    .map(({ startsAt }) => startsAt)
    .sort();
  return starts[0] ?? null;
}

/** Whether a ticket is of what is wanted: one of a bundle is, when its bundle is named. */
function wantedIn({ quote }: OrderRecord, wanted: Wanted) {
  return ({ id, line }: TicketRecord): boolean => {
    if (wanted === 'everything') return true;
    if ('ticketIds' in wanted) return wanted.ticketIds.includes(id);
    const sold = quote.lines[line]?.ticketTypeId;
    return wanted.items.some(({ ticketTypeId }) => ticketTypeId === sold);
  };
}

function no(
  eventId: string,
  why: 'no_self_service' | 'members_only' | 'too_late' | 'credit_only' | 'original_only',
  { until = null }: { until?: string | null } = {},
): NotAllowed {
  return refundNotAllowed({ eventId, why, until, minimum: null });
}

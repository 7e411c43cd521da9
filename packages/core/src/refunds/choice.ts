import { notFound, type Refusal, sumOf } from '../kernel/index.ts';
import type { OrderRecord } from '../orders/index.ts';
import { plusUnits, type Quote, type QuoteLine, type Units, unitsOf } from '../pricing/index.ts';
import { isHeldByBuyer, type TicketRecord } from '../tickets/index.ts';
import type { OrderRefundRecord } from './order-refund.ts';
import { incompleteGroup, notRefundable } from './refusals.ts';

/** What is to be given back of an order: some tickets, so many of some types, or all that is left. */
export type Wanted =
  | { readonly ticketIds: readonly string[] }
  | { readonly items: readonly { readonly ticketTypeId: string; readonly quantity: number }[] }
  | 'everything';

/** What is chosen from. */
export interface Choosable {
  readonly quote: Quote;
  /** All tickets of the order, void ones too, in the order of their ids. */
  readonly tickets: readonly TicketRecord[];
  /** What was given back before. */
  readonly before: readonly Pick<OrderRefundRecord, 'units' | 'ticketIds'>[];
  /** Also tickets that were checked in. */
  readonly force: boolean;
  /** Whether the event is cancelled: then a place that was resold gives back its first price too. */
  readonly isCancelled: boolean;
  /** Whose tickets alone may be given back; undefined: whoever has them by now. */
  readonly onlyOf?: Pick<OrderRecord, 'userId' | 'holdId'> | undefined;
}

/** Units of each line, and the tickets that they made. */
export interface Choice {
  readonly units: Units;
  readonly tickets: readonly TicketRecord[];
}

type ChoiceRefusal = Refusal<'not_found' | 'not_refundable' | 'incomplete_group' | 'not_in_order'>;

/** Chooses what is given back, or says what stands in the way. */
export function choose(from: Choosable, wanted: Wanted): Choice | ChoiceRefusal {
  if (wanted === 'everything') return everything(from);
  return 'ticketIds' in wanted ? theseTickets(from, wanted.ticketIds) : ofTypes(from, wanted.items);
}

/** Units of each line that were given back before. */
export function unitsBefore(before: readonly Pick<OrderRefundRecord, 'units'>[]): Units {
  return before.reduce<Units>((sum, { units }) => plusUnits(sum, units), []);
}

function everything(from: Choosable): Choice | ChoiceRefusal {
  const given = unitsBefore(from.before);
  const gone = new Set(from.before.flatMap(({ ticketIds }) => ticketIds));
  const units = from.quote.lines.map(({ quantity }, line) => quantity - (given[line] ?? 0));
  const tickets = from.tickets.filter((ticket) => !gone.has(ticket.id) && !hasSuccessor(ticket));
  return obstacle(from, tickets) ?? { units, tickets };
}

function theseTickets(from: Choosable, ids: readonly string[]): Choice | ChoiceRefusal {
  const tickets: TicketRecord[] = [];
  for (const id of new Set(ids)) {
    const ticket = from.tickets.find((own) => own.id === id);
    if (ticket === undefined) return notFound({ kind: 'ticket', id });
    tickets.push(ticket);
  }
  const refused = obstacle(from, tickets);
  if (refused !== undefined) return refused;
  const units: number[] = [];
  for (const [at, line] of from.quote.lines.entries()) {
    const its = tickets.filter((ticket) => ticket.line === at);
    const whole = wholeUnits(line, its);
    if (whole === undefined) {
      const { name, admits, quantity } = line;
      return incompleteGroup({ line: at, name, tickets: admits / quantity });
    }
    units.push(whole);
  }
  return { units, tickets };
}

/** How many of a line these tickets are; undefined where they are not whole ones. */
function wholeUnits(line: QuoteLine, tickets: readonly TicketRecord[]): number | undefined {
  if (tickets.length === 0) return 0;
  const whole = (tickets.length * line.quantity) / line.admits;
  if (!Number.isInteger(whole)) return undefined;
  const isWhole = lotsOf(line).every(
    ({ ticketTypeId, each }) =>
      tickets.filter((ticket) => ticket.ticketTypeId === ticketTypeId).length === each * whole,
  );
  return isWhole ? whole : undefined;
}

function ofTypes(
  from: Choosable,
  items: readonly { readonly ticketTypeId: string; readonly quantity: number }[],
): Choice | ChoiceRefusal {
  const given = unitsBefore(from.before);
  const left = from.quote.lines.map((line, at) => ({
    ...line,
    quantity: line.quantity - (given[at] ?? 0),
  }));
  const units = unitsOf({ ...from.quote, lines: left }, items);
  if ('code' in units) return units;
  const tickets: TicketRecord[] = [];
  for (const [at, line] of from.quote.lines.entries()) {
    for (const { ticketTypeId, each } of lotsOf(line)) {
      const its = from.tickets.filter(
        (ticket) => ticket.line === at && ticket.ticketTypeId === ticketTypeId,
      );
      const fit = its.filter((ticket) => whyNot(from, ticket) === undefined);
      const needed = each * (units[at] ?? 0);
      tickets.push(...fit.slice(0, needed));
      if (fit.length < needed) {
        const refused = obstacle(from, its);
        if (refused === undefined) throw new Error(`Line ${at} has fewer tickets than it made.`);
        return refused;
      }
    }
  }
  return { units, tickets };
}

/** The tickets that one of a line makes, by type; a product makes none. */
function lotsOf(line: QuoteLine): { ticketTypeId: string; each: number }[] {
  const { ticketTypeId, quantity, admits } = line;
  const lots = line.tickets ?? [{ ticketTypeId, quantity: admits }];
  const types = new Set(lots.map((lot) => lot.ticketTypeId));
  return [...types].map((type) => ({
    ticketTypeId: type,
    each:
      sumOf(
        lots.filter((lot) => lot.ticketTypeId === type),
        (lot) => lot.quantity,
      ) / quantity,
  }));
}

function obstacle(
  from: Choosable,
  tickets: readonly TicketRecord[],
): Refusal<'not_refundable'> | undefined {
  for (const ticket of tickets) {
    const why = whyNot(from, ticket);
    if (why !== undefined) return notRefundable({ ticketId: ticket.id, why });
  }
  return undefined;
}

/** Why a ticket cannot be given back; undefined: it can. One void without money still can. */
function whyNot(
  { before, force, isCancelled, onlyOf }: Choosable,
  ticket: TicketRecord,
): 'refunded' | 'checked_in' | 'resold' | 'transferred' | 'reissued' | undefined {
  if (before.some(({ ticketIds }) => ticketIds.includes(ticket.id))) return 'refunded';
  const reason = ticket.voidReason;
  if (reason === 'refunded' || reason === 'reissued' || reason === 'transferred') return reason;
  if (reason !== null && reason !== 'cancelled' && !isCancelled) return reason;
  const isOthers =
    ticket.state === 'valid' && onlyOf !== undefined && !isHeldByBuyer(ticket, onlyOf);
  if (isOthers) return 'transferred';
  return ticket.checkedInAt !== null && !force ? 'checked_in' : undefined;
}

/** Whether its place has a newer ticket of the same order: money of a place comes back once. */
export function hasSuccessor({ voidReason }: TicketRecord): boolean {
  return voidReason === 'reissued' || voidReason === 'transferred';
}

import type { EventRecord, SessionRecord } from '../events/index.ts';
import { isRefusal, notFound, type ReadContext, type Refusal } from '../kernel/index.ts';
import type { OrderRecord } from '../orders/index.ts';
import {
  codeOf,
  codesOfEvent,
  isHeldByBuyer,
  type ShownCode,
  type TicketRecord,
  ticketVoid,
  type ValidTicket,
} from '../tickets/index.ts';
import type { TransferRecord } from '../transfers/index.ts';
import type { Asked } from './asked.ts';
import { codeRotates, noTicketsLeft } from './refusals.ts';

/** What the documents of a ticket are made of. */
export interface Admission<Held extends TicketRecord = ValidTicket> {
  readonly ticket: Held;
  readonly event: EventRecord;
  /** Those that it opens, by their start; cancelled ones too. */
  readonly sessions: readonly SessionRecord[];
  readonly organizerName: string;
}

type Context = Pick<ReadContext, 'tx' | 'secrets'>;

/** Tickets of an order in one read. */
const PAGE = 200;

/** The tickets that were asked for: valid ones only, first to last. */
export async function admissionsOf(
  context: Context,
  { ticketId, orderId = '' }: Asked,
): Promise<Admission[] | Refusal<'not_found' | 'ticket_void' | 'no_tickets_left'>> {
  if (ticketId !== undefined) {
    const admission = await admissionOf(context, ticketId);
    return isRefusal(admission) ? admission : [admission];
  }
  const order = await context.tx.orders.orders.find(orderId);
  if (order === undefined) return notFound({ kind: 'order', id: orderId });
  const admissions = await admissionsOfBuyer(context, order);
  return admissions.length === 0 ? noTicketsLeft({ orderId }) : admissions;
}

/** A valid ticket, with what belongs to it. */
export async function admissionOf(
  context: Context,
  ticketId: string,
): Promise<Admission | Refusal<'not_found' | 'ticket_void'>> {
  const admission = await anyAdmissionOf(context, ticketId);
  if (isRefusal(admission)) return admission;
  const { ticket } = admission;
  if (ticket.state === 'void') return ticketVoid({ ticketId, why: ticket.voidReason });
  return { ...admission, ticket };
}

/** A ticket whatever its state: for what shows that it is void, and no code. */
export async function anyAdmissionOf(
  context: Context,
  ticketId: string,
): Promise<Admission<TicketRecord> | Refusal<'not_found'>> {
  const ticket = await context.tx.tickets.tickets.find(ticketId);
  const [admission] = ticket === undefined ? [] : await described(context, [ticket]);
  return admission ?? notFound({ kind: 'ticket', id: ticketId });
}

/**
 * The valid tickets of an order that are its buyer's. One that was passed on
 * may still name the order; it opens to its holder, and so it is not among them.
 */
export async function admissionsOfBuyer(
  context: Context,
  order: OrderRecord,
): Promise<Admission[]> {
  const tickets: ValidTicket[] = [];
  let after: readonly string[] | undefined;
  do {
    const filter = { orderId: order.id, state: 'valid' } as const;
    const { items, nextCursor } = await context.tx.tickets.tickets.list(filter, {
      limit: PAGE,
      after,
    });
    tickets.push(...items.filter(isValid));
    const last = items.at(-1);
    after = nextCursor === null || last === undefined ? undefined : [last.id];
  } while (after !== undefined);
  const own = tickets.filter((ticket) => isHeldByBuyer(ticket, order));
  // They were listed newest first.
  return described(context, own.reverse());
}

/** The valid tickets of an accepted transfer that are still whose it made them; of those with a new code, that. */
export async function admissionsOfTransfer(
  context: Context,
  { id, eventId, acceptedTicketIds }: Pick<TransferRecord, 'id' | 'eventId' | 'acceptedTicketIds'>,
): Promise<Admission[]> {
  const { tickets } = context.tx.tickets;
  const accepted = await tickets.findMany(acceptedTicketIds ?? []);
  const places = accepted.map(({ admissionId }) => admissionId);
  const valid = places.length === 0 ? [] : await tickets.validOf(eventId, places);
  const own = valid.filter(isValid).filter(({ transferId }) => transferId === id);
  return described(
    context,
    own.toSorted(
      (one, other) => places.indexOf(one.admissionId) - places.indexOf(other.admissionId),
    ),
  );
}

function isValid(ticket: TicketRecord): ticket is ValidTicket {
  return ticket.state === 'valid';
}

/** Tickets of one event, with what belongs to them. */
async function described<Held extends TicketRecord>(
  { tx }: Context,
  tickets: readonly Held[],
): Promise<Admission<Held>[]> {
  const [first] = tickets;
  if (first === undefined) return [];
  const { eventId, organizerId } = first;
  const event = await tx.events.events.find(eventId);
  const organizer = await tx.organizers.organizers.find(organizerId);
  if (event === undefined || organizer === undefined) throw new Error(`Event ${eventId} is gone.`);
  const named = new Set(tickets.flatMap(({ sessionIds }) => sessionIds ?? []));
  const read = tickets.some(({ sessionIds }) => sessionIds === null)
    ? await tx.events.sessions.ofEvents([eventId])
    : await tx.events.sessions.findMany([...named]);
  const byStart = read.toSorted((one, other) => (one.startsAt < other.startsAt ? -1 : 1));
  return tickets.map((ticket) => ({
    ticket,
    event,
    sessions: byStart.filter(({ id }) => ticket.sessionIds?.includes(id) ?? true),
    organizerName: organizer.name,
  }));
}

/** Admissions of one event with the code of each ticket, where codes stay as they are printed. */
export async function coded(
  context: Context,
  admissions: readonly Admission[],
): Promise<CodedAdmission[] | Refusal<'code_rotates'>> {
  const [first] = admissions;
  if (first === undefined) return [];
  const codeFor = await codesOfEvent(context, first.ticket);
  const all: CodedAdmission[] = [];
  for (const admission of admissions) {
    const code = lasting(codeFor(admission.ticket), admission.ticket);
    if (isRefusal(code)) return code;
    all.push({ ...admission, code });
  }
  return all;
}

/** The code of a ticket for what is kept: a door that wants rotating codes refuses what stays. */
export async function lastingCodeOf(
  context: Context,
  ticket: ValidTicket,
): Promise<string | Refusal<'code_rotates'>> {
  return lasting(await codeOf(context, ticket), ticket);
}

function lasting(
  { code, rotating }: ShownCode,
  { eventId }: ValidTicket,
): string | Refusal<'code_rotates'> {
  return rotating === null ? code : codeRotates({ eventId });
}

export interface CodedAdmission extends Admission {
  readonly code: string;
}

import type { EventRecord, SessionRecord, TicketTypeRecord } from '../events/index.ts';
import { type Instant, isRefusal } from '../kernel/index.ts';
import type { SeatStands } from '../seating/index.ts';
import type { BlockRecord } from './block.ts';
import { explainSeats } from './explain-seats.ts';
import type { AvailabilityChange, Explanation, Limitation } from './explanation.ts';
import { type Bound, boundsOf, type Stand } from './free.ts';
import { beyond, keptFor, type Waiting } from './gate.ts';
import type { PoolRecord } from './pool.ts';
import { notSold } from './sale.ts';
import type { UnitsAt } from './store.ts';
import { unused } from './usage.ts';

/** Everything that an explanation is made of. */
export interface Facts {
  readonly event: EventRecord;
  readonly sessions: readonly SessionRecord[];
  readonly ticketTypes: readonly TicketTypeRecord[];
  readonly pools: readonly PoolRecord[];
  /** Capacities by target; null: unlimited. */
  readonly capacities: ReadonlyMap<string, number | null>;
  readonly units: ReadonlyMap<string, UnitsAt>;
  /** The next expiry of each target, with what it frees. */
  readonly expiries: ReadonlyMap<string, { readonly expiresAt: string; readonly units: number }>;
  readonly blocks: readonly BlockRecord[];
  /** The sessions in which each seated type takes its seat, and how their seats stand. */
  readonly seated: ReadonlyMap<string, readonly string[]>;
  readonly stands: SeatStands;
  /** Who waits now. */
  readonly waiting: readonly Waiting[];
}

/** Why so much can be had of each ticket type at an instant, and what would change it. */
export function explain(facts: Facts, at: Instant, now: Instant): Explanation {
  const pools = facts.pools.map((pool) => explainPool(facts, pool));
  const free = (poolId: string) => pools.find((pool) => pool.poolId === poolId)?.available ?? null;
  const taken = (typeId: string) => {
    const { held, sold } = facts.units.get(typeId) ?? unused;
    return held + sold;
  };
  const ticketTypes = new Map(facts.ticketTypes.map((type) => [type.id, type]));
  const closedNow = (type: TicketTypeRecord) =>
    notSold({ event: facts.event, sessions: facts.sessions, ticketTypes }, type, at);
  const seatsOf = new Map(facts.ticketTypes.map((type) => [type.id, explainSeats(facts, type)]));
  const stand: Stand = {
    ticketTypes,
    free,
    taken,
    seats: (typeId) => seatsOf.get(typeId)?.tickets,
    isOpen: (type) => closedNow(type) === undefined,
    reserves: new Map(),
  };
  // Who waited at another instant is not known.
  const waiting = at === now ? facts.waiting : [];
  const kept = keptFor(
    { event: facts.event, sessions: facts.sessions, ticketTypes },
    waiting,
    at,
    stand,
  );
  const left = { ...stand, ...beyond(stand, kept) };
  return {
    eventId: facts.event.id,
    at,
    pools,
    ticketTypes: facts.ticketTypes.map((type) => {
      const [place] = boundsOf(type, left);
      const [there] = boundsOf(type, stand);
      const isKept = (place?.leaves ?? 0) < (there?.leaves ?? 0);
      const seats = seatsOf.get(type.id);
      // Seats are what a buyer sees: where both are as tight, they are named.
      const bySeats = seats !== undefined && seats.tickets <= (place?.leaves ?? seats.tickets);
      const available = (bySeats ? seats.tickets : place?.leaves) ?? null;
      const closed = closedNow(type);
      const limitedBy: Limitation = isRefusal(closed)
        ? { kind: 'sale', id: type.id, text: closed.message }
        : bySeats
          ? { kind: 'seats', id: seats.id, text: seats.text }
          : isKept
            ? waitlist(type, place, there)
            : limitation(facts, type.id, place);
      const known = bySeats ? seats.changes : changesOfPlaces(facts, place?.id);
      const changes = at < now ? [] : [...changesOfSale(type, at), ...known].sort(byTime);
      const can = available === null ? 'any number' : String(available);
      return {
        ticketTypeId: type.id,
        name: type.name,
        onSale: closed === undefined,
        available,
        seats: seats?.sessions ?? null,
        limitedBy,
        changes,
        sentences: [
          closed === undefined
            ? `${type.name}: ${can} can be had. ${limitedBy.text}`
            : `${type.name}: none can be had. ${limitedBy.text} There would be room for ${can}.`,
          ...changes.map(({ text }) => text),
        ],
      };
    }),
    unknown: at < now ? PAST : at > now ? FUTURE : [],
  };
}

function explainPool(facts: Facts, { id: poolId, name, sessionId }: PoolRecord) {
  const capacity = facts.capacities.get(poolId) ?? null;
  const { held, sold, blocked, lapsed } = facts.units.get(poolId) ?? unused;
  // What lapsed is free, whether or not somebody has taken it back already.
  const available = capacity === null ? null : Math.max(0, capacity - held - sold - blocked);
  return { poolId, name, sessionId, capacity, held, sold, blocked, lapsed, available };
}

/** What is kept for who waits is what limits it. */
function waitlist({ id }: TicketTypeRecord, place?: Bound, there?: Bound): Limitation {
  const [left, free] = [place?.leaves ?? 0, there?.leaves ?? 0];
  return {
    kind: 'waitlist',
    id,
    text: `The waitlist comes first: ${free - left} of ${free} are kept for who waits.`,
  };
}

function limitation(
  { pools, ticketTypes, units, capacities }: Facts,
  typeId: string,
  tightest: Bound | undefined,
): Limitation {
  if (tightest === undefined) {
    return { kind: 'none', id: null, text: 'Nothing limits it.' };
  }
  const { kind, id, leaves } = tightest;
  if (kind === 'parent') {
    return { kind, id, text: `What it comes with leaves room for ${leaves}.` };
  }
  const { held, sold, blocked, lapsed } = units.get(id) ?? unused;
  const parts = [
    `${held} held`,
    `${sold} sold`,
    ...(blocked > 0 ? [`${blocked} blocked`] : []),
    ...(lapsed > 0 ? [`${lapsed} lapsed and free`] : []),
  ].join(', ');
  if (kind === 'ticket_type') {
    const limited = ticketTypes.find((own) => own.id === id);
    const name = id === typeId ? 'this type' : limited?.name;
    return { kind, id, text: `At most ${limited?.maxInAll} of ${name} in all: ${parts}.` };
  }
  const name = pools.find((pool) => pool.id === id)?.name ?? id;
  const capacity = capacities.get(id);
  return { kind: 'pool', id, text: `${name} limits it, of ${capacity}: ${parts}.` };
}

/** Sorts behind every instant. */
const LAST = '~';

/** The next one first; what has no time, because the organizer does it, comes last. */
function byTime(a: AvailabilityChange, b: AvailabilityChange): number {
  const [first, second] = [a.at ?? LAST, b.at ?? LAST];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

/** When its sale opens and closes. */
function changesOfSale(
  { id, saleFrom, saleUntil }: TicketTypeRecord,
  at: Instant,
): AvailabilityChange[] {
  const changes: AvailabilityChange[] = [];
  if (saleFrom !== null && at < saleFrom) {
    const text = `Sales begin at ${saleFrom}.`;
    changes.push({ kind: 'sale_opens', at: saleFrom, id, units: null, text });
  }
  if (saleUntil !== null && at < saleUntil) {
    const text = `Sales end at ${saleUntil}.`;
    changes.push({ kind: 'sale_closes', at: saleUntil, id, units: null, text });
  }
  return changes;
}

/** What is known to free units of what limits it. */
function changesOfPlaces(
  { expiries, blocks, ticketTypes }: Facts,
  boundId: string | undefined,
): AvailabilityChange[] {
  const changes: AvailabilityChange[] = [];
  const next = boundId === undefined ? undefined : expiries.get(boundId);
  if (boundId !== undefined && next !== undefined) {
    const of = ticketTypes.some((type) => type.id === boundId) ? 'tickets' : 'units';
    const text = `The next hold expires at ${next.expiresAt}, which frees ${next.units} ${of}.`;
    const { expiresAt, units } = next;
    changes.push({ kind: 'hold_expires', at: expiresAt, id: boundId, units, text });
  }
  for (const block of blocks.filter((own) => own.poolId === boundId && own.state === 'active')) {
    const units = block.units - block.released;
    const text = `Releasing the block ${block.id} (${block.reason}) would free ${units} units.`;
    changes.push({ kind: 'block_release', at: null, id: block.id, units, text });
  }
  return changes;
}

const PAST = [
  'Capacities, limits and sale windows are those of today; earlier ones are not kept.',
  'What was held counts as held until it was paid or taken back, even where it had lapsed and was paid late.',
  'Units that came back one by one (a voided ticket, a hold that was made smaller, part of a block) are not counted in what was taken before.',
];
const FUTURE = ['What others will buy until then is not known: this is if nobody does anything.'];

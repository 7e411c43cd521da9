import type { TicketTypeRecord } from '../events/index.ts';
import type { WriteContext } from '../kernel/index.ts';

/** How a session is claimed. */
export interface SessionClaim {
  /** The pool through which it is; null: its seats. */
  readonly poolId: string | null;
  /** What is claimed of this pool, or how many of its seats. */
  readonly units: number;
}

interface PoolClaim extends SessionClaim {
  readonly poolId: string;
}

/**
 * Which of these sessions of an event somebody has something of: a hold that
 * runs, a ticket, a block. Through its seats, a pool of it, or a ticket type that
 * is valid for it.
 *
 * The seatings of the sessions and the counters of all pools that matter are
 * locked until the transaction ends: what is free stays free, since whoever
 * claims locks the same ones. Seats are locked by their session: one that was
 * never claimed has no counter yet. The caller
 * has locked the event, so that no pool and no ticket type is added meanwhile.
 */
export async function claimedSessions(
  { tx, now }: WriteContext,
  eventId: string,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, SessionClaim>> {
  const types = await tx.events.ticketTypes.ofEvent(eventId);
  const pools = await tx.inventory.pools.ofEvent(eventId);
  const owners = new Map(pools.map(({ id, sessionId }) => [id, sessionId]));
  const drawnBy = new Map<string, TicketTypeRecord[]>(pools.map(({ id }) => [id, []]));
  for (const type of types) for (const { poolId } of type.draws) drawnBy.get(poolId)?.push(type);

  const seatings = await tx.seating.seatings.findAlone([...sessionIds].sort());
  const counters = await tx.inventory.lockCounters(eventId, [...drawnBy.keys()].sort());
  const lapsed = new Map(
    (await tx.inventory.lapsedUnits(eventId, [...drawnBy.keys()], now)).map((own) => [
      own.targetId,
      own.units,
    ]),
  );
  const live = counters
    .map(({ targetId, claimed }) => ({
      poolId: targetId,
      units: claimed - (lapsed.get(targetId) ?? 0),
    }))
    .filter(({ units }) => units > 0);

  const shared = live.filter(({ poolId }) => differ(drawnBy.get(poolId) ?? []));
  const sold = await soldTypes(tx, eventId, { types, shared, now });
  const seats = await tx.seating.claimedSeats(
    eventId,
    seatings.map(({ id }) => id),
    now,
  );
  const claimed = new Map<string, SessionClaim>(
    seats.map((own) => [own.sessionId, { poolId: null, units: own.seats }]),
  );
  for (const { poolId, units } of live) {
    const drawing = drawnBy.get(poolId) ?? [];
    const through = sold.get(poolId);
    for (const sessionId of sessionIds) {
      const own = owners.get(poolId) === sessionId;
      const valid = drawing.some(
        (type) => admitsTo(type, sessionId) && (through?.has(type.id) ?? true),
      );
      if ((own || valid) && !claimed.has(sessionId)) claimed.set(sessionId, { poolId, units });
    }
  }
  return claimed;
}

/** A product or a gift is for a session only where it names it. */
function admitsTo({ sessionIds, terms }: TicketTypeRecord, sessionId: string): boolean {
  return sessionIds === null ? terms.kind === 'ticket' : sessionIds.includes(sessionId);
}

/** Whether the types that draw on one pool are for different sessions: its counter says too little. */
function differ(types: readonly TicketTypeRecord[]): boolean {
  const meant = types.map(({ sessionIds, terms }) => JSON.stringify([sessionIds, terms.kind]));
  return new Set(meant).size > 1;
}

/** The ticket types of what is claimed of these pools, of bundles their parts. A pool with a block is left out: all count. */
async function soldTypes(
  tx: WriteContext['tx'],
  eventId: string,
  {
    types,
    shared,
    now,
  }: {
    readonly types: readonly TicketTypeRecord[];
    readonly shared: readonly PoolClaim[];
    readonly now: string;
  },
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const sold = new Map<string, Set<string>>();
  if (shared.length === 0) return sold;
  const bundles = new Map(types.map(({ id, terms }) => [id, terms.parts ?? []]));
  const poolIds = shared.map(({ poolId }) => poolId);
  const blocked = new Set<string>();
  for (const { targetId, items } of await tx.inventory.claimedItems(eventId, poolIds, now)) {
    if (items === null) blocked.add(targetId);
    const known = sold.get(targetId) ?? new Set();
    for (const { ticketTypeId } of items ?? []) {
      known.add(ticketTypeId);
      for (const part of bundles.get(ticketTypeId) ?? []) known.add(part.ticketTypeId);
    }
    sold.set(targetId, known);
  }
  for (const poolId of blocked) sold.delete(poolId);
  return sold;
}

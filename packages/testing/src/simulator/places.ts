import type { HoldRecord, TicketRecord } from '@ticketi/core';
import type { World } from './world.ts';

/** What a buyer has of the organizer's places at this moment: held, ordered, or in tickets. */
export interface Stake {
  readonly hold: HoldRecord;
  /** Tickets that are valid on its claims; undefined: it is not paid. */
  readonly tickets: readonly TicketRecord[] | undefined;
}

/**
 * Who has what, worked out from the records and the clock, and not from
 * counters and claims.
 */
export function stakesOf({ journal: { books }, clock }: World): Stake[] {
  const now = clock.now();
  const orders = new Map([...books.order.values()].map((order) => [order.holdId, order]));
  const tickets = Map.groupBy(
    [...books.ticket.values()].filter(({ state }) => state === 'valid'),
    ({ claimHoldId }) => claimHoldId,
  );
  return [...books.hold.values()].flatMap((hold): Stake[] => {
    if (hold.listingId !== null) return [];
    const unpaid = { hold, tickets: undefined };
    if (hold.state === 'active') return hold.expiresAt > now ? [unpaid] : [];
    const order = orders.get(hold.id);
    if (order === undefined) return [];
    if (order.state === 'paid') return [{ hold, tickets: tickets.get(hold.id) ?? [] }];
    return order.state === 'pending' && order.expiresAt > now ? [unpaid] : [];
  });
}

/** Units that are taken of each pool, blocks included. */
export function takenOf(world: World, stakes: readonly Stake[]): Map<string, number> {
  const taken = new Map<string, number>();
  const add = (poolId: string, units: number) =>
    void taken.set(poolId, (taken.get(poolId) ?? 0) + units);
  const types = new Map(world.office.types.map((type) => [type.id, type]));
  for (const { hold, tickets } of stakes) {
    for (const ticket of tickets ?? []) {
      for (const { poolId, units } of ticket.draws) add(poolId, units);
    }
    if (tickets !== undefined) continue;
    for (const { ticketTypeId, quantity } of hold.items) {
      for (const { poolId, units } of types.get(ticketTypeId)?.draws ?? []) {
        add(poolId, units * quantity);
      }
    }
  }
  for (const { poolId, units, released } of world.journal.books.block.values()) {
    if (poolId !== null) add(poolId, units - released);
  }
  return taken;
}

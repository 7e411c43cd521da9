import type { HoldRecord } from '@ticketi/core';
import { type Stake, stakesOf, takenOf } from '../places.ts';
import type { World } from '../world.ts';
import type { CommitRule, StepRule } from './invariant.ts';

/**
 * Of what the public bought: somebody who waits and could have had their tickets without
 * it can have them all the same. Only where nothing else was committed in the step, so
 * that it is known what there was; holds without a user may be the organizer's own.
 */
export const firstServed: CommitRule = {
  name: 'the public leaves what somebody waits for',
  find(world) {
    const { written, journal } = world;
    const made = written.hold.filter(({ was }) => was === undefined).map(({ next }) => next);
    const isPublic = ({ userId, listingId }: HoldRecord) => userId !== null && listingId === null;
    if (journal.step.length > 1 || written.offer.length > 0 || written.entry.length > 0) return [];
    if (made.length === 0 || !made.every(isPublic)) return [];
    const bought = new Set(made.map(({ id }) => id));
    const after = stakesOf(world);
    const before = after.filter(({ hold }) => !bought.has(hold.id));
    return [...journal.books.entry.values()].flatMap((entry) => {
      if (entry.state !== 'waiting') return [];
      return entry.ticketTypeIds.flatMap((typeId) => {
        const fits = (stakes: readonly Stake[]) =>
          leavesOf(world, stakes, typeId) >= entry.minQuantity;
        return fits(before) && !fits(after) ? [`${entry.id} could have had ${typeId}`] : [];
      });
    });
  },
};

export const offeredOnce: StepRule = {
  name: 'an entry has one offer, and an offer places',
  find({ journal: { books } }) {
    const open = [...books.offer.values()].filter(({ state }) => state === 'open');
    const entries = open.map(({ entryId }) => entryId);
    const twice = entries.filter((id, at) => entries.indexOf(id) !== at);
    const offered = [...books.entry.values()].filter(({ state }) => state === 'offered');
    return [
      ...twice.map((id) => `${id} has two offers`),
      ...open
        .filter(({ entryId }) => books.entry.get(entryId)?.state !== 'offered')
        .map(({ id }) => `${id} is offered to nobody`),
      ...open.filter(({ holdId }) => !books.hold.has(holdId)).map(({ id }) => `${id} has no hold`),
      ...offered.filter(({ id }) => !entries.includes(id)).map(({ id }) => `${id} has no offer`),
    ];
  },
};

/** How many of a type its pools and its limit in all leave. */
function leavesOf(world: World, stakes: readonly Stake[], typeId: string): number {
  const type = world.office.types.find(({ id }) => id === typeId);
  if (type === undefined) return 0;
  const taken = takenOf(world, stakes);
  const pools = type.draws.map(({ poolId, units }) => {
    const capacity = world.journal.capacities.get(poolId) ?? null;
    return capacity === null
      ? Number.POSITIVE_INFINITY
      : Math.floor((capacity - (taken.get(poolId) ?? 0)) / units);
  });
  const sold = stakes.reduce((sum, { hold, tickets }) => {
    if (tickets !== undefined) {
      const own = tickets.filter(({ ticketTypeId }) => ticketTypeId === typeId).length;
      return sum + own / type.admissions;
    }
    const own = hold.items.filter(({ ticketTypeId }) => ticketTypeId === typeId);
    return sum + own.reduce((count, { quantity }) => count + quantity, 0);
  }, 0);
  return Math.min(
    ...pools,
    type.maxInAll === null ? Number.POSITIVE_INFINITY : type.maxInAll - sold,
  );
}

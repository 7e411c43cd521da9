import { type Stake, stakesOf, takenOf } from '../places.ts';
import type { World } from '../world.ts';
import type { LookRule, StepRule } from './invariant.ts';

export const pools: StepRule = {
  name: 'no place of a pool is sold twice',
  find(world) {
    const taken = takenOf(world, world.stakes);
    return [...world.journal.books.pool.values()].flatMap(({ id, name }) => {
      const capacity = world.journal.capacities.get(id) ?? null;
      const units = taken.get(id) ?? 0;
      return capacity !== null && units > capacity
        ? [`${name} has ${capacity}, gave ${units}`]
        : [];
    });
  },
};

export const seats: StepRule = {
  name: 'no seat is sold twice',
  find(world) {
    const { books } = world.journal;
    const labels = [
      ...world.stakes.flatMap(({ hold, tickets }) =>
        tickets === undefined
          ? hold.items.flatMap(({ seats: held = [] }) => held.map(({ label }) => label))
          : tickets.flatMap(({ seat }) => (seat === null ? [] : [seat.label])),
      ),
      ...[...books.block.values()].flatMap(({ seats: set }) =>
        (set ?? []).map(({ label }) => label),
      ),
    ];
    return labels.filter((label, at) => labels.indexOf(label) !== at);
  },
};

export const codes: StepRule = {
  name: 'no code is used more often than it may be',
  find(world) {
    const stakes = world.stakes.filter(isSomething);
    return [...world.journal.books.code.values()].flatMap(({ id, code }) => {
      const maxUses = world.journal.capacities.get(id) ?? null;
      const uses = stakes.filter(({ hold }) =>
        hold.quote.codes.some(({ codeId }) => codeId === id),
      ).length;
      return maxUses !== null && uses > maxUses
        ? [`${code} may be used ${maxUses}, is ${uses}`]
        : [];
    });
  },
};

export const limits: StepRule = {
  name: 'no limit of a ticket type is passed',
  find(world) {
    const { stakes } = world;
    return world.office.types.flatMap(({ id, name, maxPerBuyer, maxInAll }) => {
      const counts = new Map<string, number>();
      for (const stake of stakes) {
        const count = countOf(world, stake, id);
        add(counts, 'all', count);
        if (stake.hold.userId !== null) add(counts, stake.hold.userId, count);
      }
      return [...counts].flatMap(([who, count]) => {
        const most = who === 'all' ? maxInAll : maxPerBuyer;
        return most !== null && count > most ? [`${name}: ${who} has ${count} of ${most}`] : [];
      });
    });
  },
};

export const counters: LookRule = {
  name: 'the counters of pools are what is taken of them',
  async find(world) {
    const { office, storage } = world;
    const taken = takenOf(world, stakesOf(world));
    const found = await storage.read(({ inventory }) =>
      inventory.counters(office.eventId, office.poolIds),
    );
    return found.flatMap(({ targetId, claimed }) =>
      claimed === (taken.get(targetId) ?? 0)
        ? []
        : [`${targetId} says ${claimed}, taken is ${taken.get(targetId) ?? 0}`],
    );
  },
};

/** Of tickets that are all void, nothing is left. */
function isSomething({ tickets }: Stake): boolean {
  return tickets === undefined || tickets.length > 0;
}

/** Tickets of the type, in admissions. */
function countOf({ office }: World, { hold, tickets }: Stake, typeId: string): number {
  const admissions = office.types.find(({ id }) => id === typeId)?.admissions ?? 1;
  if (tickets !== undefined) {
    return tickets.filter(({ ticketTypeId }) => ticketTypeId === typeId).length / admissions;
  }
  const items = hold.items.filter(({ ticketTypeId }) => ticketTypeId === typeId);
  return items.reduce((sum, { quantity }) => sum + quantity, 0);
}

function add(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

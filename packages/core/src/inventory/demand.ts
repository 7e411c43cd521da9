import type { TicketTypeRecord } from '../events/index.ts';
import type { Demand, Share } from '../pricing/index.ts';
import type { Target } from './target.ts';

/** What is taken of a target, and of how much; undefined: nothing was ever claimed of it. */
export type TakenOf = (targetId: string) => { taken: number; capacity: number | null } | undefined;

/** The sales so far, as prices depend on them. */
export function demandOf(
  ticketTypes: ReadonlyMap<string, TicketTypeRecord>,
  takenOf: TakenOf,
): Demand {
  return {
    left: ({ id, quantity }) => Math.max(0, (quantity ?? 0) - (takenOf(id)?.taken ?? 0)),
    share(typeId) {
      const type = ticketTypes.get(typeId);
      if (type === undefined) return { taken: 0, of: 0 };
      if (type.maxInAll !== null) {
        return { taken: takenOf(typeId)?.taken ?? 0, of: type.maxInAll };
      }
      return scarcest(type, takenOf);
    },
  };
}

/** The pool that is fullest, of those that a type draws on. */
function scarcest({ draws }: TicketTypeRecord, takenOf: TakenOf): Share {
  let fullest: Share = { taken: 0, of: 0 };
  for (const { poolId } of draws) {
    const { taken, capacity } = takenOf(poolId) ?? { taken: 0, capacity: null };
    if (capacity === null || capacity === 0) continue;
    if (fullest.of === 0 || isFuller({ taken, of: capacity }, fullest)) {
      fullest = { taken, of: capacity };
    }
  }
  return fullest;
}

function isFuller(a: Share, than: Share): boolean {
  return BigInt(a.taken) * BigInt(than.of) > BigInt(than.taken) * BigInt(a.of);
}

/** The targets that prices of these types depend on. */
export function watchedTargets(types: readonly TicketTypeRecord[]): string[] {
  const watched = types.flatMap(({ id, draws, maxInAll, terms }) => [
    ...terms.tiers.flatMap((tier) => (tier.quantity === null ? [] : [tier.id])),
    ...(terms.dynamic === null || terms.dynamic.demand.length === 0
      ? []
      : maxInAll === null
        ? draws.map(({ poolId }) => poolId)
        : [id]),
  ]);
  return [...new Set(watched)];
}

/** The tiers of these types that sell so many only, as what nothing is taken of yet. */
export function tierTargets(types: readonly TicketTypeRecord[]): Target[] {
  return types.flatMap((type) =>
    type.terms.tiers.flatMap(({ id, quantity }) =>
      quantity === null ? [] : [tierTarget(type, { id, quantity }, 0)],
    ),
  );
}

/** So many sales of a tier. Its counter comes to be with the first of them. */
export function tierTarget(
  { organizerId, eventId }: Pick<TicketTypeRecord, 'organizerId' | 'eventId'>,
  { id, quantity }: { id: string; quantity: number },
  units: number,
): Target {
  const opens = { targetId: id, organizerId, eventId, capacity: quantity, claimed: 0 };
  return { targetId: id, units, opens };
}

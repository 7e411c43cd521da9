import type { Units } from './counter.ts';
import { sumUnits } from './room.ts';
import type { Target } from './target.ts';

/** What has to be claimed and what to be given back for claims to become others. */
export interface Change<Wanted extends Target> {
  /** Only the units that come on top. */
  readonly grow: readonly Wanted[];
  readonly shrink: readonly Units[];
}

/**
 * The difference between what a hold has and what it is to have, by target: what
 * stays is in neither list and is never let go of. Targets in ascending order.
 */
export function changeOf<Wanted extends Target>(
  has: readonly Units[],
  wanted: readonly Wanted[],
): Change<Wanted> {
  const before = new Map(sumUnits(has).map(({ targetId, units }) => [targetId, units]));
  const after = new Map(sumUnits(wanted).map(({ targetId, units }) => [targetId, units]));
  const named = new Map(wanted.map((target) => [target.targetId, target]));
  const grow: Wanted[] = [];
  for (const [targetId, units] of after) {
    const more = units - (before.get(targetId) ?? 0);
    const target = named.get(targetId);
    if (more > 0 && target !== undefined) grow.push({ ...target, units: more });
  }
  const shrink: Units[] = [];
  for (const [targetId, units] of before) {
    const less = units - (after.get(targetId) ?? 0);
    if (less > 0) shrink.push({ targetId, units: less });
  }
  return { grow, shrink };
}

interface Counted {
  readonly ticketTypeId: string;
  readonly quantity: number;
}

/**
 * Whether more of some type is wanted than a hold has. Types may share all that they take,
 * so nothing has to grow for a hold to become one for another type.
 */
export function isMoreOfSome(has: readonly Counted[], wanted: readonly Counted[]): boolean {
  const units = (items: readonly Counted[]) =>
    items.map(({ ticketTypeId, quantity }) => ({ targetId: ticketTypeId, units: quantity }));
  return changeOf(units(has), units(wanted)).grow.length > 0;
}

import type { TicketTypeRecord } from '../events/index.ts';
import { type Instant, LostRace } from '../kernel/index.ts';
import type { Catalogue } from './catalogue.ts';
import { contentsOf } from './contents.ts';
import type { Units } from './counter.ts';
import { boundsOf, type Stand } from './free.ts';
import { typeTargets } from './limits.ts';
import type { Room } from './room.ts';
import { notSold } from './sale.ts';
import type { Target } from './target.ts';

/** So many tickets of a type that are waited for, by those who take no fewer than the same number. */
export interface Waiting {
  readonly ticketTypeId: string;
  readonly minQuantity: number;
  readonly quantity: number;
}

/** What is free and taken of targets, as a type's limits are counted. */
export type Free = Pick<Stand, 'free' | 'taken'>;

type Sold = Pick<Catalogue, 'event' | 'sessions' | 'ticketTypes'>;

/** Units that have to be left of targets for who waits. */
export type Kept = ReadonlyMap<string, number>;

/** What one of a type takes that others want too: places, and of limits those in all. */
export function wantedFor({ ticketTypes }: Pick<Sold, 'ticketTypes'>, typeId: string): Target[] {
  const contents = contentsOf(ticketTypes, [{ ticketTypeId: typeId, quantity: 1 }]);
  const places = contents.flatMap(({ type, quantity }) =>
    type.draws.map(({ poolId, units }) => ({ targetId: poolId, units: units * quantity })),
  );
  return [...places, ...typeTargets(contents)];
}

/** How many of a type can be had at once; `Infinity`: it has no limit. */
export function leavesOf(
  { ticketTypes }: Pick<Sold, 'ticketTypes'>,
  type: TicketTypeRecord,
  { free, taken }: Free,
): number {
  const stand = { ticketTypes, free, taken, reserves: new Map<string, string>() };
  const [tightest] = boundsOf(type, { ...stand, seats: () => undefined, isOpen: () => true });
  return tightest?.leaves ?? Number.POSITIVE_INFINITY;
}

/**
 * What has to be left of each target, so that nobody who waits and could have their
 * tickets now goes without: for each type, the tickets of those who would take as few
 * as there are. Who waits for several types counts at each, so it is never too little.
 * Who waits for more than there is keeps nothing from the public.
 */
export function keptFor(sold: Sold, waiting: readonly Waiting[], now: Instant, free: Free): Kept {
  const kept = new Map<string, number>();
  for (const [typeId, its] of Map.groupBy(waiting, ({ ticketTypeId }) => ticketTypeId)) {
    const type = sold.ticketTypes.get(typeId);
    if (type === undefined || notSold(sold, type, now) !== undefined) continue;
    const leaves = leavesOf(sold, type, free);
    const wanted = its
      .filter(({ minQuantity }) => minQuantity <= leaves)
      .reduce((sum, { quantity }) => sum + quantity, 0);
    for (const { targetId, units } of wantedFor(sold, typeId)) {
      const more = units * Math.min(wanted, leaves);
      if (more > 0) kept.set(targetId, (kept.get(targetId) ?? 0) + more);
    }
  }
  return kept;
}

/** The same of what a batch is decided in. */
export function freeIn(room: Room): Free {
  return {
    free: (targetId) => room.freeOf(targetId),
    taken: (typeId) => room.takenOf(typeId)?.taken ?? 0,
  };
}

/** The same with what is kept gone, as the public sees it. */
export function beyond({ free, taken }: Free, kept: Kept): Free {
  return {
    free: (targetId) => {
      const units = free(targetId);
      return units === null ? null : Math.max(0, units - (kept.get(targetId) ?? 0));
    },
    taken: (typeId) => taken(typeId) + (kept.get(typeId) ?? 0),
  };
}

/** What keeps places from the public under the counters' locks while somebody waits. */
export interface Gate<Seen> {
  /** What who waits may want: their counters are locked too. */
  readonly watches: readonly Target[];
  /** What has to be left in this room, by what was read under the locks. */
  kept(seen: Seen, room: Room): Kept;
}

/** The gate of an event; undefined: nobody waited when its catalogue was read. */
export function gateOf<Seen extends { readonly waiting: readonly Waiting[] }>(
  catalogue: Sold,
  now: Instant,
): Gate<Seen> | undefined {
  const { waited } = catalogue.event;
  if (waited.length === 0) return undefined;
  const watches = waited
    .flatMap((typeId) => wantedFor(catalogue, typeId))
    .map((target) => ({ ...target, units: 0 }));
  return {
    watches,
    kept: ({ waiting }, room) => keptFor(catalogue, waiting, now, freeIn(room)),
  };
}

/**
 * Makes the transaction run again where somebody has begun to wait for a type of which
 * the catalogue did not say so: what they may want was not locked.
 */
export function sameWaited(before: readonly string[], now: readonly string[]): void {
  if (now.every((typeId) => before.includes(typeId))) return;
  throw new LostRace('Somebody began to wait for a ticket type meanwhile.');
}

/** Whether who waits for a type may want what these units are of. */
export function isKept(kept: Kept, wanted: readonly Units[]): boolean {
  return wanted.some(({ targetId }) => (kept.get(targetId) ?? 0) > 0);
}

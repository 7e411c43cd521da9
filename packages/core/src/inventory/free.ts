import type { TicketTypeRecord } from '../events/index.ts';
import { contentsOf } from './contents.ts';
import { reserveTarget } from './target.ts';

type Types = ReadonlyMap<string, TicketTypeRecord>;

/** What limits how many of a type can be had. */
export interface Bound {
  readonly kind: 'pool' | 'ticket_type' | 'parent';
  /** The pool, the type whose tickets in all are limited, or the type that is an add-on. */
  readonly id: string;
  /** How many of the type it leaves. */
  readonly leaves: number;
}

/** How the targets of an event's types stand. */
export interface Stand {
  readonly ticketTypes: Types;
  /** Units of a pool, or of what a code sets aside, that are free; null: unlimited. */
  readonly free: (targetId: string) => number | null;
  /** What of a type is taken, as its limit in all counts it. */
  readonly taken: (ticketTypeId: string) => number;
  /** How many of a seated type its seats leave; undefined: it has none. */
  readonly seats: (ticketTypeId: string) => number | undefined;
  readonly isOpen: (type: TicketTypeRecord) => boolean;
  /** The code that sets places aside, by the type that they are for, of the codes that were named. */
  readonly reserves: ReadonlyMap<string, string>;
}

/**
 * Everything but its seats that limits a type, the tightest first; nothing: it is
 * unlimited. A bundle has the limits of its parts, and an add-on that of what it
 * comes with.
 */
export function boundsOf(type: TicketTypeRecord, stand: Stand): Bound[] {
  return [...ownBounds(type, stand), ...parentBound(type, stand)].sort(
    (a, b) => a.leaves - b.leaves,
  );
}

function ownBounds({ id }: TicketTypeRecord, stand: Stand): Bound[] {
  const units = new Map<string, number>();
  const counts = new Map<TicketTypeRecord, number>();
  const contents = contentsOf(stand.ticketTypes, [{ ticketTypeId: id, quantity: 1 }]);
  for (const { type, quantity, counted } of contents) {
    counts.set(type, (counts.get(type) ?? 0) + counted);
    for (const { targetId, units: drawn } of placesOf(type, { quantity, counted }, stand)) {
      units.set(targetId, (units.get(targetId) ?? 0) + drawn);
    }
  }
  const bounds: Bound[] = [];
  for (const [targetId, each] of units) {
    const left = stand.free(targetId);
    if (left !== null) bounds.push({ kind: 'pool', id: targetId, leaves: wholes(left, each) });
  }
  for (const [{ id: typeId, maxInAll }, each] of counts) {
    if (maxInAll === null) continue;
    const leaves = wholes(maxInAll - stand.taken(typeId), each);
    bounds.push({ kind: 'ticket_type', id: typeId, leaves });
  }
  return bounds;
}

function placesOf(
  { id, draws }: TicketTypeRecord,
  { quantity, counted }: { quantity: number; counted: number },
  { reserves }: Stand,
) {
  const codeId = reserves.get(id);
  if (codeId !== undefined) return [{ targetId: reserveTarget(codeId), units: counted }];
  return draws.map(({ poolId, units }) => ({ targetId: poolId, units: units * quantity }));
}

/** As many as all that it may come with bring, where that is limited. */
function parentBound({ id, terms: { requires } }: TicketTypeRecord, stand: Stand): Bound[] {
  if (requires === null) return [];
  let leaves = 0;
  for (const carrier of stand.ticketTypes.values()) {
    if (carrier.id === id || !stand.isOpen(carrier)) continue;
    const parents = contentsOf(stand.ticketTypes, [{ ticketTypeId: carrier.id, quantity: 1 }])
      .filter(({ type }) => requires.ticketTypeIds.includes(type.id))
      .reduce((sum, { quantity }) => sum + quantity, 0);
    if (parents === 0) continue;
    const own = ownBounds(carrier, stand).map((bound) => bound.leaves);
    const left = leastOf(own.length === 0 ? undefined : Math.min(...own), stand.seats(carrier.id));
    if (left === undefined) return [];
    leaves += left * parents * requires.perParent;
  }
  return [{ kind: 'parent', id, leaves }];
}

/** The smaller of two limits; undefined: there is none. */
export function leastOf(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : Math.min(a, b);
}

function wholes(units: number, each: number): number {
  return Math.max(0, Math.floor(units / each));
}

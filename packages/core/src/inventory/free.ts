import type { TicketTypeRecord } from '../events/index.ts';

/** What limits how many tickets of a type can be had. */
export interface Bound {
  readonly kind: 'pool' | 'ticket_type';
  /** The pool, or the type whose tickets in all are limited. */
  readonly id: string;
  /** Whole tickets that it leaves. */
  readonly tickets: number;
}

/** How the targets of a type stand. */
export interface Stand {
  /** Units of a pool that are free; null: unlimited. */
  readonly free: (poolId: string) => number | null;
  /** Tickets of a type that are taken. */
  readonly taken: (ticketTypeId: string) => number;
}

/** Everything that limits a type, the tightest first; nothing: it is unlimited. */
export function boundsOf(
  { id, draws, maxInAll }: Pick<TicketTypeRecord, 'id' | 'draws' | 'maxInAll'>,
  { free, taken }: Stand,
): Bound[] {
  const bounds: Bound[] = draws.flatMap(({ poolId, units }) => {
    const left = free(poolId);
    if (left === null) return [];
    return [{ kind: 'pool' as const, id: poolId, tickets: Math.max(0, Math.floor(left / units)) }];
  });
  if (maxInAll !== null) {
    bounds.push({ kind: 'ticket_type', id, tickets: Math.max(0, maxInAll - taken(id)) });
  }
  return bounds.sort((a, b) => a.tickets - b.tickets);
}

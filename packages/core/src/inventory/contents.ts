import type { TicketTypeRecord } from '../events/index.ts';
import type { TypeCount } from './hold.ts';

/** So many of a type that a selection takes, by itself or as a part of a bundle. */
export interface Content {
  readonly type: TicketTypeRecord;
  readonly quantity: number;
  /** Tickets that they make. */
  readonly admits: number;
  /** What limits of the type count: its tickets, or where it makes none, its units. */
  readonly counted: number;
}

/** Everything that items take: the types themselves and, of bundles, their parts. */
export function contentsOf(
  ticketTypes: ReadonlyMap<string, TicketTypeRecord>,
  items: readonly TypeCount[],
): Content[] {
  return items.flatMap(({ ticketTypeId, quantity }) => {
    const type = ticketTypes.get(ticketTypeId);
    if (type === undefined) return [];
    const { parts } = type.terms;
    if (parts === null) return [contentOf(type, quantity)];
    return [
      { type, quantity, admits: 0, counted: quantity },
      ...parts.flatMap((part) => {
        const its = ticketTypes.get(part.ticketTypeId);
        return its === undefined ? [] : [contentOf(its, quantity * part.quantity)];
      }),
    ];
  });
}

function contentOf(type: TicketTypeRecord, quantity: number): Content {
  const admits = quantity * type.terms.admissions;
  return { type, quantity, admits, counted: Math.max(quantity, admits) };
}

/** The tickets that items make. */
export function admitsOf(contents: readonly Content[]): number {
  return contents.reduce((sum, { admits }) => sum + admits, 0);
}

/** What limits count of each type. */
export function countsOf(contents: readonly Content[]): ReadonlyMap<TicketTypeRecord, number> {
  const counts = new Map<TicketTypeRecord, number>();
  for (const { type, counted } of contents) counts.set(type, (counts.get(type) ?? 0) + counted);
  return counts;
}

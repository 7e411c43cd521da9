import { distribute } from '../kernel/index.ts';
import type { QuoteLine } from './quote-schema.ts';
import type { Selection } from './selection.ts';

/**
 * The tickets that a line makes, with what of its price is theirs: one for each,
 * as most do, or those of a group or a bundle, or none.
 */
export function ticketsOf(
  { ticketTypeId, name, quantity, kind, admissions, parts }: Selection,
  price: number,
): Pick<QuoteLine, 'admits' | 'tickets'> {
  if (parts !== null) {
    const shares = distribute(
      price,
      parts.map(({ weight }) => weight),
    );
    const tickets = parts.flatMap((part, at) => {
      const count = quantity * part.quantity * part.admissions;
      if (count === 0) return [];
      return [
        {
          ticketTypeId: part.ticketTypeId,
          name: part.name,
          quantity: count,
          share: shares[at] ?? 0,
        },
      ];
    });
    return { admits: tickets.reduce((sum, ticket) => sum + ticket.quantity, 0), tickets };
  }
  if (kind !== 'ticket') return { admits: 0, tickets: [] };
  if (admissions === 1) return { admits: quantity };
  const count = quantity * admissions;
  return { admits: count, tickets: [{ ticketTypeId, name, quantity: count, share: price }] };
}

import type { TaxRecord } from '../pricing/index.ts';
import type { PublishProblem } from './refusals.ts';
import type { TicketTypeRecord } from './ticket-type.ts';

/**
 * Ticket types whose tax class has no rate, of an organizer who has rates: a
 * misspelt class would sell without tax. What is exempt has a rate of 0.
 */
export function taxProblems(
  ticketTypes: readonly Pick<TicketTypeRecord, 'name' | 'terms'>[],
  taxes: readonly TaxRecord[],
): PublishProblem[] {
  if (taxes.length === 0) return [];
  const rated = new Set(taxes.map(({ taxClass }) => taxClass));
  return ticketTypes
    .filter(({ terms }) => terms.parts === null && !rated.has(terms.taxClass))
    .map(({ name, terms }) => ({
      code: 'no_tax_rate',
      message: `The ticket type ${name} is of the tax class ${terms.taxClass}, which has no rate (0 where it is exempt).`,
    }));
}

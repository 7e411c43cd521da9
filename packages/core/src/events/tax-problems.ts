import type { FeeRecord, TaxRecord } from '../pricing/index.ts';
import type { PublishProblem } from './refusals.ts';
import type { TicketTypeRecord } from './ticket-type.ts';

interface Sold {
  readonly ticketTypes: readonly Pick<TicketTypeRecord, 'name' | 'terms'>[];
  readonly fees: readonly Pick<FeeRecord, 'name' | 'mode' | 'taxClass'>[];
}

/**
 * What is sold under a tax class that has no rate, of an organizer who has rates:
 * a misspelt class would sell without tax. What is exempt has a rate of 0. A
 * bundle is taxed by its parts, and an absorbed fee is inside their prices.
 */
export function taxProblems(
  { ticketTypes, fees }: Sold,
  taxes: readonly TaxRecord[],
): PublishProblem[] {
  if (taxes.length === 0) return [];
  const rated = new Set(taxes.map(({ taxClass }) => taxClass));
  const taxed = [
    ...ticketTypes.flatMap(({ name, terms }) =>
      terms.parts === null ? [{ what: `ticket type ${name}`, taxClass: terms.taxClass }] : [],
    ),
    ...fees.flatMap(({ name, mode, taxClass }) =>
      mode === 'passed_on' ? [{ what: `fee ${name}`, taxClass }] : [],
    ),
  ];
  return taxed
    .filter(({ taxClass }) => !rated.has(taxClass))
    .map(({ what, taxClass }) => ({
      code: 'no_tax_rate',
      message: `The ${what} is of the tax class ${taxClass}, which has no rate (0 where it is exempt).`,
    }));
}

import * as z from 'zod';
import { Amount, Currency, idOf, Percent } from '../kernel/index.ts';
import { TaxClass } from './terms.ts';

export const FeeId = idOf('fee');
export const FeeName = z.string().trim().min(1).max(100);

/** What a fee comes to, and who bears it. */
export const feeTerms = {
  percent: Percent,
  fixed: Amount,
  min: Amount.meta({ description: 'The least that it comes to, each time it is taken.' }),
  max: Amount.nullable().meta({ description: 'The most that it comes to; null: no bound.' }),
  per: z.enum(['ticket', 'order']),
  mode: z.enum(['passed_on', 'absorbed']).meta({
    description: '`passed_on`: the buyer pays it on top; `absorbed`: it is inside the price.',
  }),
  basis: z.enum(['price', 'charge']).meta({
    description:
      '`price`: percent of the price. `charge`: percent of all that the buyer is charged, the fee and its tax included, so that the price is left whole once a payment provider has taken that much.',
  }),
  taxClass: TaxClass,
  ticketTypeIds: z.array(idOf('typ')).nullable().meta({ description: 'null: all types.' }),
};

export const Fee = z
  .object({
    id: FeeId,
    eventId: idOf('evt'),
    name: z.string(),
    currency: Currency,
    ...feeTerms,
  })
  .meta({ id: 'Fee', description: 'A fee on an event’s tickets. Its name is its key.' });

export interface FeeRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly name: string;
  readonly percent: string;
  readonly fixed: number;
  readonly min: number;
  readonly max: number | null;
  readonly per: 'ticket' | 'order';
  readonly mode: 'passed_on' | 'absorbed';
  readonly basis: 'price' | 'charge';
  readonly taxClass: string;
  readonly ticketTypeIds: readonly string[] | null;
  readonly revision: number;
}

/** What most fees are, besides what they come to: of the price of every ticket. */
export const plainFee = {
  min: 0,
  max: null,
  basis: 'price',
  taxClass: 'standard',
  ticketTypeIds: null,
} as const;

import * as z from 'zod';
import { Halves, Instant } from '../kernel/index.ts';

/** A place whose taxes apply: a country, and parts of it from large to small. */
export const Place = z
  .string()
  .regex(/^[A-Z]{2}(-[A-Z0-9]{1,12}){0,3}$/, {
    error: 'A place is a country and parts of it, such as DE, US-NY or US-NY-NYC.',
  })
  .meta({ description: 'ISO 3166 country, and parts of it.', examples: ['DE', 'CA-QC'] });

/** How an event's prices are taxed and rounded. */
export const PricePolicy = z
  .object({
    pricesInclude: z.enum(['tax', 'no_tax']).meta({
      description: '`tax`: prices are gross, the tax is inside; `no_tax`: it comes on top.',
    }),
    taxPlace: Place.nullable().meta({
      description: 'Where the event is taxed; null: where the buyer is, who has to say so.',
    }),
    taxAt: Instant.nullable().meta({
      description: 'The instant whose rates apply; null: that of the quote.',
    }),
    taxRounding: z.enum(['line', 'sum_by_net', 'sum_by_net_keep_gross']).meta({
      description:
        '`line`: tax is rounded ticket by ticket. `sum_by_net`: once a rate, on the sum of the net prices. `sum_by_net_keep_gross`: once a rate, and gross prices stay as they are.',
    }),
    halves: Halves.meta({ description: 'Where half a minor unit goes: up, or to the even one.' }),
    reverseCharge: z.enum(['never', 'abroad', 'always']).meta({
      description:
        'When a business with a tax id owes the tax itself: `abroad`: its country is not that of the event.',
    }),
    cashStep: z
      .int()
      .min(2)
      .max(100_000)
      .nullable()
      .meta({ description: 'Smallest coin in minor units: 5 for 0.05; null: none.' }),
    cashRounding: z.enum(['cash', 'always']).meta({
      description: 'Whether only who pays in cash is rounded to the smallest coin, or everybody.',
    }),
  })
  .meta({ id: 'PricePolicy', description: 'How the prices of an event are taxed and rounded.' });
export type PricePolicy = z.output<typeof PricePolicy>;

export const defaultPolicy: PricePolicy = {
  pricesInclude: 'tax',
  taxPlace: null,
  taxAt: null,
  taxRounding: 'line',
  halves: 'up',
  reverseCharge: 'never',
  cashStep: null,
  cashRounding: 'cash',
};

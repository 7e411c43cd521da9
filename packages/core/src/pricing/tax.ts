import * as z from 'zod';
import { Instant, idOf, Percent } from '../kernel/index.ts';
import { Place } from './policy.ts';
import { TaxClass } from './terms.ts';

export const TaxId = idOf('tax');

export const Tax = z
  .object({
    id: TaxId,
    organizerId: idOf('org'),
    name: z.string().meta({ description: 'As an invoice names it.', examples: ['VAT 19 %'] }),
    taxClass: TaxClass,
    place: Place.nullable().meta({ description: 'Where it is owed; null: everywhere.' }),
    percent: Percent,
    compound: z.boolean().meta({
      description: 'Whether it is owed on the taxes before it as well, by `position`.',
    }),
    position: z.int().meta({ description: 'The order in which taxes of one class are taken.' }),
    validFrom: Instant.nullable(),
    validUntil: Instant.nullable(),
  })
  .meta({ id: 'Tax', description: 'A rate of tax for a class, a place and a time.' });

export interface TaxRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly name: string;
  readonly taxClass: string;
  readonly place: string | null;
  readonly percent: string;
  readonly compound: boolean;
  readonly position: number;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly revision: number;
}

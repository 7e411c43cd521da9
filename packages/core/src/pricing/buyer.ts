import * as z from 'zod';
import { Place } from './policy.ts';

/** What of a buyer a price depends on. */
export const PriceBuyer = z
  .strictObject({
    place: Place.optional().meta({
      description: 'Where the buyer is taxed, for events that are taxed there.',
    }),
    taxId: z
      .string()
      .trim()
      .min(4)
      .max(40)
      .optional()
      .meta({
        description: 'The tax id of a business, with its country.',
        examples: ['DE136695976'],
      }),
    attributes: z.array(z.string().min(1).max(64)).max(20).optional().meta({
      description:
        'What the buyer is, such as `member`. Said by who may sell, or by the host about its own users.',
    }),
    exemption: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'Why no tax is owed. Said by who may sell.' }),
  })
  .meta({ description: 'What of the buyer the price depends on.' });
export type PriceBuyer = z.output<typeof PriceBuyer>;

/** The buyer as a price sees them, once what they say is checked. */
export interface KnownBuyer {
  readonly place: string | null;
  /** A tax id that is one; its first two characters are its country. */
  readonly taxId: string | null;
  readonly attributes: readonly string[];
  readonly exemption: string | null;
}

/** Nobody says anything. */
export const unknownBuyer: KnownBuyer = {
  place: null,
  taxId: null,
  attributes: [],
  exemption: null,
};

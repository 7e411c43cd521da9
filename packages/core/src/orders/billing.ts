import * as z from 'zod';

/** A line of an address, as it is printed. */
const Text = z.string().trim().min(1).max(200);

/** ISO 3166, two capitals. */
export const Country = z
  .string()
  .regex(/^[A-Z]{2}$/, { error: 'Expected a country of ISO 3166 in two capitals, such as DE.' })
  .meta({ description: 'ISO 3166 country.', examples: ['DE'] });

/** Where somebody has their seat or home. */
export const Address = z.strictObject({
  lines: z
    .array(Text)
    .max(4)
    .default([])
    .meta({ description: 'Street and number, and what else stands above the place.' }),
  postcode: Text.max(20).optional(),
  city: Text.optional(),
  country: Country.optional(),
});

/** To whom an invoice is made out. What is left out is taken from the buyer, or left out there too. */
export const Billing = Address.extend({
  company: Text.optional(),
  name: Text.optional().meta({ description: 'Who it is for. Default: the buyer’s name.' }),
  taxId: Text.max(40)
    .optional()
    .meta({ description: 'As the invoice shows it.', examples: ['DE136695976'] }),
}).meta({ description: 'To whom an invoice of the order is made out.' });
export type Billing = z.output<typeof Billing>;

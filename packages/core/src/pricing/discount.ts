import * as z from 'zod';
import { Amount, Currency, Instant, idOf, Percent } from '../kernel/index.ts';

export const DiscountId = idOf('dsc');

/** What a discount takes off. */
const Off = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('percent'), percent: Percent }),
  z.strictObject({ type: z.literal('fixed'), amount: Amount.min(1) }),
]);

/** The same of each ticket, or a price for each. */
const OffEach = z.discriminatedUnion('type', [
  ...Off.options,
  z.strictObject({ type: z.literal('set_price'), price: Amount }),
]);

const Count = z.int().min(1).max(1000);

/** When a discount applies by itself, and what it takes off. */
export const DiscountRule = z
  .discriminatedUnion('type', [
    z
      .strictObject({ type: z.literal('n_for_m'), n: Count, m: Count })
      .refine(({ n, m }) => m < n, { path: ['m'], message: '`m` is below `n`.' })
      .meta({ description: 'Of every n the dearest m are paid: three for two.' }),
    z
      .strictObject({ type: z.literal('group'), min: Count, off: OffEach })
      .meta({ description: 'From `min` tickets on, so much off each of them.' }),
    z
      .strictObject({ type: z.literal('minimum_value'), min: Amount.min(1), off: Off })
      .meta({ description: 'From a value on, so much off all of it together.' }),
    z
      .strictObject({ type: z.literal('cheapest_free'), min: Count, free: Count })
      .meta({ description: 'From `min` tickets on the cheapest `free` cost nothing.' }),
    z
      .strictObject({
        type: z.literal('attribute'),
        attribute: z.string().min(1).max(64),
        off: OffEach,
      })
      .meta({ description: 'For buyers with an attribute, such as `member`: so much off each.' }),
  ])
  .meta({ id: 'DiscountRule', examples: [{ type: 'n_for_m', n: 3, m: 2 }] });
export type DiscountRule = z.output<typeof DiscountRule>;

export const AutomaticDiscount = z
  .object({
    id: DiscountId,
    eventId: idOf('evt'),
    name: z.string(),
    rule: DiscountRule,
    currency: Currency,
    ticketTypeIds: z.array(idOf('typ')).nullable().meta({ description: 'null: all types.' }),
    validFrom: Instant.nullable(),
    validUntil: Instant.nullable(),
    position: z.int().meta({ description: 'Lower ones are tried first.' }),
  })
  .meta({ id: 'AutomaticDiscount', description: 'A discount that applies without a code.' });

export interface DiscountRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly name: string;
  readonly rule: DiscountRule;
  readonly ticketTypeIds: readonly string[] | null;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly position: number;
  readonly revision: number;
}

import * as z from 'zod';
import { Currency, idOf } from '../kernel/index.ts';

const Minor = z.int().meta({ description: 'Minor units of the quote’s currency.' });

export const QuoteLine = z
  .object({
    ticketTypeId: idOf('typ'),
    name: z.string(),
    listingId: idOf('lst').optional().meta({ description: 'The listing that a resale buys.' }),
    quantity: z.int(),
    seats: z
      .array(z.string())
      .optional()
      .meta({ description: 'Labels of the seats, once they are held.' }),
    tier: z
      .object({ id: idOf('tir'), name: z.string() })
      .optional()
      .meta({ description: 'The tier whose price it is.' }),
    admits: z.int().meta({ description: 'Tickets that the line makes.' }),
    tickets: z
      .array(
        z.object({ ticketTypeId: idOf('typ'), name: z.string(), quantity: z.int(), share: Minor }),
      )
      .optional()
      .meta({
        description:
          'The tickets that it makes, where that is not one for each: of a group, a bundle, a product. `share`: what of the line’s total without fees, and tax on them, is theirs.',
      }),
    unitPrice: Minor,
    subtotal: Minor,
    discount: Minor,
    fee: Minor.meta({ description: 'Passed-on fees of this line, on top of its price.' }),
    feeCharge: Minor.optional().meta({
      description:
        'What of the total is for `fee`, where that is another amount: with its tax on top, or without a tax that is not owed.',
    }),
    tax: Minor.meta({ description: 'Taxes on the line and its fees, inside the total.' }),
    total: Minor.meta({
      description: 'subtotal - discount + fee, with the tax where it comes on top, and `rounding`.',
    }),
    rounding: Minor.optional().meta({
      description: 'What the rounding of taxes, or a tax that is not owed, changed of the total.',
    }),
  })
  .meta({ id: 'QuoteLine' });
export type QuoteLine = z.output<typeof QuoteLine>;

/** The rules that a step of a price may follow. */
export const TraceRule = z.enum([
  'demand_step',
  'time_step',
  'price_bound',
  'list_price',
  'tier_price',
  'own_price',
  'kept_price',
  'resale_price',
  'n_for_m',
  'group',
  'minimum_value',
  'cheapest_free',
  'attribute',
  'percent_code',
  'fixed_code',
  'set_price_code',
  'free_code',
  'access_code',
  'complimentary',
  'fee',
  'absorbed_fee',
  'tax_on_top',
  'tax_inside',
  'tax_relief',
  'tax_rounding',
  'cash_rounding',
  'total',
]);
export type TraceRule = z.output<typeof TraceRule>;

/** One step of the calculation: what went in, what came out, and where the rule comes from. */
export const TraceStep = z
  .object({
    rule: TraceRule,
    source: z
      .string()
      .nullable()
      .meta({ description: 'Id of the type, tier, discount, code, fee, tax or listing.' }),
    line: z.int().nullable().meta({ description: 'Index of the line; null: several.' }),
    input: Minor,
    output: Minor,
    terms: z
      .record(z.string(), z.union([z.string(), z.int(), z.boolean()]))
      .meta({ description: 'The figures of the rule: a percentage, a quantity, a bound.' }),
    parts: z
      .array(Minor)
      .optional()
      .meta({ description: 'How the output lies on the lines, in their order.' }),
  })
  .meta({ id: 'TraceStep' });
export type TraceStep = z.output<typeof TraceStep>;

const QuoteTax = z.object({
  taxId: idOf('tax'),
  name: z.string(),
  percent: z.string(),
  base: Minor.meta({
    description: 'What it was taken on: net, and the taxes before a compound one.',
  }),
  amount: Minor,
});

export const Quote = z
  .object({
    currency: Currency,
    lines: z.array(QuoteLine),
    discounts: z
      .array(z.object({ discountId: idOf('dsc'), name: z.string(), amount: Minor }))
      .meta({ description: 'The automatic discounts that applied.' }),
    codes: z.array(
      z.object({
        codeId: idOf('cod'),
        code: z.string(),
        amount: Minor,
        reserves: idOf('typ')
          .optional()
          .meta({ description: 'The type whose places are those that the code sets aside.' }),
      }),
    ),
    fees: z
      .array(
        z.object({
          feeId: idOf('fee'),
          name: z.string(),
          amount: Minor,
          mode: z.enum(['passed_on', 'absorbed']),
        }),
      )
      .meta({ description: 'What each fee comes to.' }),
    taxes: z.array(QuoteTax),
    taxIncluded: z.boolean().meta({ description: 'Whether prices are gross.' }),
    taxRelief: z
      .object({
        reason: z.enum(['reverse_charge', 'exempt']),
        note: z.string().meta({ description: 'The tax id, or why there is no tax.' }),
        amount: Minor.meta({ description: 'Tax that was inside the prices and is not charged.' }),
      })
      .optional(),
    subtotal: Minor,
    discount: Minor,
    fee: Minor.meta({ description: 'Passed-on fees, which the buyer pays on top.' }),
    absorbedFee: Minor.meta({ description: 'Fees inside the price, which the organizer bears.' }),
    tax: Minor.meta({ description: 'All taxes, inside the total.' }),
    rounding: Minor.meta({ description: 'What cash rounding added to the lines’ totals.' }),
    total: Minor.meta({ description: 'What the buyer pays: the lines’ totals, and `rounding`.' }),
    trace: z.array(TraceStep),
  })
  .meta({ id: 'Quote', description: 'What a selection costs, with every step that led there.' });
export type Quote = z.output<typeof Quote>;

/** What a quote is without anything that applies to it. */
export const plainQuote = {
  discounts: [],
  codes: [],
  fees: [],
  taxes: [],
  taxIncluded: true,
  discount: 0,
  fee: 0,
  absorbedFee: 0,
  tax: 0,
  rounding: 0,
} satisfies Partial<Quote>;

/**
 * A record as events carry it: without the steps of its price, which are half of
 * it (of 1,270 bytes of a hold 550) and stay with the record itself.
 */
export function withoutTrace<Priced extends { readonly quote: Quote }>(record: Priced): object {
  const { trace: _trace, ...quote } = record.quote;
  return { ...record, quote };
}

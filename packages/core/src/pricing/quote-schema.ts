import * as z from 'zod';
import { Currency, idOf } from '../kernel/index.ts';

const Minor = z.int().meta({ description: 'Minor units of the quote’s currency.' });

export const QuoteLine = z
  .object({
    ticketTypeId: idOf('typ'),
    name: z.string(),
    quantity: z.int(),
    seats: z
      .array(z.string())
      .optional()
      .meta({ description: 'Labels of the seats, once they are held.' }),
    unitPrice: Minor,
    subtotal: Minor,
    discount: Minor,
    fee: Minor.meta({ description: 'Passed-on fee of this line, on top of its price.' }),
    total: Minor.meta({ description: 'subtotal - discount + fee' }),
  })
  .meta({ id: 'QuoteLine' });
export type QuoteLine = z.output<typeof QuoteLine>;

/** One step of the calculation: what went in, what came out, and where the rule comes from. */
export const TraceStep = z
  .object({
    rule: z.enum(['list_price', 'resale_price', 'percent_code', 'fixed_code', 'fee', 'total']),
    source: z.string().nullable().meta({ description: 'Id of the type, code, fee or listing.' }),
    line: z.int().nullable().meta({ description: 'Index of the line; null: the whole order.' }),
    input: Minor,
    output: Minor,
    text: z.string().meta({ description: 'The step as a sentence.' }),
  })
  .meta({ id: 'TraceStep' });
export type TraceStep = z.output<typeof TraceStep>;

export const Quote = z
  .object({
    currency: Currency,
    lines: z.array(QuoteLine),
    codes: z.array(z.object({ codeId: idOf('cod'), code: z.string(), amount: Minor })),
    subtotal: Minor,
    discount: Minor,
    fee: Minor.meta({ description: 'Passed-on fees, which the buyer pays on top.' }),
    absorbedFee: Minor.meta({ description: 'Fees inside the price, which the organizer bears.' }),
    total: Minor.meta({ description: 'What the buyer pays: subtotal - discount + fee.' }),
    trace: z.array(TraceStep),
  })
  .meta({ id: 'Quote', description: 'What a selection costs, with every step that led there.' });
export type Quote = z.output<typeof Quote>;

/**
 * A record as events carry it: without the steps of its price, which are half of
 * it (of 1,270 bytes of a hold 550) and stay with the record itself.
 */
export function withoutTrace<Priced extends { readonly quote: Quote }>(record: Priced): object {
  const { trace: _trace, ...quote } = record.quote;
  return { ...record, quote };
}

import * as z from 'zod';
import { Instant, idOf } from '../kernel/index.ts';

const Minor = z.int().meta({ description: 'Minor units of the invoice’s currency.' });
const ShownAddress = z.object({
  lines: z.array(z.string()),
  postcode: z.string().nullable(),
  city: z.string().nullable(),
  country: z.string().nullable(),
});

/** A tax of a line, or of all of them. */
const TaxShare = z.object({ taxId: idOf('tax'), amount: Minor });

const DocumentLine = z
  .object({
    line: z.int().meta({ description: 'Index of the line in the order’s quote.' }),
    ticketTypeId: idOf('typ'),
    description: z.string(),
    quantity: z.int().meta({ description: 'Zero where an amount is credited, and no ticket.' }),
    unitPrice: Minor,
    discount: Minor.meta({ description: 'Taken off, inside the amounts.' }),
    fee: Minor.meta({ description: 'Fees on top of the price, inside the amounts.' }),
    net: Minor.meta({ description: 'Without tax.' }),
    tax: Minor,
    gross: Minor.meta({ description: 'With tax: net and tax sum to it.' }),
    taxes: z.array(TaxShare).meta({ description: 'The tax of the line, tax by tax.' }),
  })
  .meta({ id: 'InvoiceLine' });
export type DocumentLine = z.output<typeof DocumentLine>;

const DocumentTax = z.object({
  taxId: idOf('tax'),
  name: z.string(),
  percent: z.string(),
  base: Minor.meta({ description: 'What it was taken on.' }),
  amount: Minor,
});
export type DocumentTax = z.output<typeof DocumentTax>;

/** What an invoice or a credit note says. Frozen when it is issued. */
export const Document = z.object({
  seller: z.object({
    legalName: z.string(),
    address: ShownAddress,
    taxIds: z.array(z.object({ label: z.string(), number: z.string() })),
    email: z.string().nullable(),
    bankDetails: z.string().nullable(),
    paymentTerms: z.string().nullable(),
    footer: z.string().nullable(),
    timezone: z.string().meta({ description: 'Whose calendar the dates are of.' }),
  }),
  buyer: z.object({
    company: z.string().nullable(),
    name: z.string(),
    address: ShownAddress,
    email: z.string(),
    taxId: z.string().nullable(),
  }),
  event: z.object({
    name: z.string(),
    venue: z.string().nullable(),
    startsAt: Instant.nullable().meta({ description: 'Of the first session that was sold.' }),
    endsAt: Instant.nullable().meta({ description: 'Of the last session that was sold.' }),
  }),
  lines: z.array(DocumentLine),
  discounts: z
    .array(z.object({ kind: z.enum(['discount', 'code']), name: z.string(), amount: Minor }))
    .meta({ description: 'What was taken off, inside the lines.' }),
  fees: z
    .array(z.object({ name: z.string(), amount: Minor }))
    .meta({ description: 'Fees on top of prices, inside the lines.' }),
  taxes: z.array(DocumentTax).meta({ description: 'By rate.' }),
  taxIncluded: z.boolean().meta({ description: 'Whether unit prices are gross.' }),
  taxRelief: z
    .object({
      reason: z.enum(['reverse_charge', 'exempt']),
      note: z.string().meta({ description: 'The tax id, or why there is no tax.' }),
      text: z.string().meta({ description: 'What the law wants to be said.' }),
    })
    .nullable(),
  net: Minor.meta({ description: 'The lines without tax.' }),
  tax: Minor.meta({ description: 'All taxes.' }),
  rounding: Minor.meta({
    description: 'What the smallest coin added: net, tax and it sum to `total`.',
  }),
  total: Minor,
  paidByGiftCards: Minor,
  paid: Minor.meta({ description: 'What was paid through a provider when it was issued.' }),
  due: Minor.meta({ description: 'What was left to pay when it was issued.' }),
  paidAt: Instant.nullable(),
  dueAt: Instant.nullable().meta({ description: 'Until when what is left has to be paid.' }),
});
export type Document = z.output<typeof Document>;

import * as z from 'zod';
import { Timezone } from '../events/index.ts';
import { Instant, idOf } from '../kernel/index.ts';
import { Address, Country } from '../orders/index.ts';
import { DEFAULT_CREDIT_FORMAT, DEFAULT_INVOICE_FORMAT, NumberFormat } from './number.ts';

const Line = z.string().trim().min(1).max(200);
const Paragraph = z.string().trim().min(1).max(2000);

/** What an organizer says of itself; it is on every invoice from then on. */
export const issuerFields = {
  legalName: Line.meta({ description: 'As the register has it.', examples: ['Summer Fest e.V.'] }),
  address: Address.extend({ country: Country }),
  taxIds: z
    .array(z.strictObject({ label: Line.max(40), number: Line.max(40) }))
    .max(5)
    .default([])
    .meta({
      description: 'Tax numbers, each under the name that it is printed with.',
      examples: [[{ label: 'VAT ID', number: 'DE136695976' }]],
    }),
  email: z.email().max(254).nullable().default(null),
  bankDetails: Paragraph.nullable()
    .default(null)
    .meta({
      description: 'Where to pay, as it is printed on what is not paid yet.',
      examples: ['IBAN DE02 1203 0000 0000 2020 51'],
    }),
  paymentTerms: Paragraph.nullable()
    .default(null)
    .meta({
      description: 'Printed on what is not paid yet.',
      examples: ['Payable within 14 days.'],
    }),
  footer: Paragraph.nullable().default(null).meta({ description: 'Printed on every page.' }),
  timezone: Timezone.meta({
    description: 'Whose calendar dates and years of invoices are of.',
    examples: ['Europe/Berlin'],
  }),
  numberPrefix: z
    .string()
    .max(20)
    .regex(/^[^\s{}]*$/, { error: 'A prefix has no spaces and no braces.' })
    .default('')
    .meta({ description: 'Stands for `{prefix}` in the formats.', examples: ['SF-'] }),
  invoiceFormat: NumberFormat.default(DEFAULT_INVOICE_FORMAT),
  creditNoteFormat: NumberFormat.default(DEFAULT_CREDIT_FORMAT).meta({
    examples: [DEFAULT_CREDIT_FORMAT],
  }),
  issue: z.enum(['on_request', 'when_paid']).default('on_request').meta({
    description:
      '`on_request`: when somebody asks. `when_paid`: the worker issues one for every order paid from then on.',
  }),
};

export const Issuer = z
  .object({ organizerId: idOf('org'), ...issuerFields, updatedAt: Instant })
  .meta({ id: 'Issuer', description: 'Who issues the invoices of an organizer, and how.' });
export type Issuer = z.output<typeof Issuer>;

export interface IssuerRecord {
  /** The organizer's. */
  readonly id: string;
  readonly legalName: string;
  readonly address: Issuer['address'];
  readonly taxIds: Issuer['taxIds'];
  readonly email: string | null;
  readonly bankDetails: string | null;
  readonly paymentTerms: string | null;
  readonly footer: string | null;
  readonly timezone: string;
  readonly numberPrefix: string;
  readonly invoiceFormat: string;
  readonly creditNoteFormat: string;
  readonly issue: Issuer['issue'];
  /** The instant up to which every sale has its invoice, where they are issued when paid. */
  readonly followedTo: string;
  /** An id of a posting that none has which was made before they were issued when paid. */
  readonly beginsAfter: string;
  readonly updatedAt: string;
  readonly revision: number;
}

export function issuerResource({
  id,
  followedTo: _own,
  beginsAfter: _first,
  revision: _count,
  ...shown
}: IssuerRecord): Issuer {
  return { organizerId: id, ...shown };
}

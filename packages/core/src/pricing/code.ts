import * as z from 'zod';
import { Amount, Currency, Instant, idOf, Percent } from '../kernel/index.ts';

export const CodeId = idOf('cod');

/** What a code takes off: a share of the tickets' price, an amount of it, or all but a price. */
export const Discount = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('percent'), percent: Percent }),
  z.strictObject({ type: z.literal('fixed'), amount: Amount.min(1) }),
  z.strictObject({ type: z.literal('set_price'), price: Amount }).meta({
    description: 'Each ticket costs this, where it is dearer.',
  }),
  z.strictObject({ type: z.literal('free') }),
]);
export type Discount = z.output<typeof Discount>;

/** Which other discounts a code goes with. */
const Stacking = z.enum(['all', 'undiscounted', 'alone']).meta({
  description:
    '`all`: with automatic discounts and other codes; `undiscounted`: only on lines without an automatic discount; `alone`: with neither, on lines without one and without another code.',
});

const Count = z.int().min(1).max(1_000_000_000);

/** What a code does, besides its name, its window and its uses. */
export const codeTerms = {
  discount: Discount.nullable().meta({ description: 'null: it takes nothing off.' }),
  unlocks: z
    .array(idOf('typ'))
    .min(1)
    .max(200)
    .nullable()
    .meta({ description: 'Hidden types that it opens; null: none.' }),
  maxTickets: Count.nullable().meta({
    description: 'Tickets of one order that it takes something off, the dearest first; null: all.',
  }),
  maxPerBuyer: Count.nullable().meta({ description: 'Orders of one buyer; null: any number.' }),
  minTickets: z.int().min(0).max(1000).meta({ description: 'Tickets that it is for, at least.' }),
  minValue: Amount.meta({ description: 'What those cost before codes, at least.' }),
  stacking: Stacking,
};

/** Places that a code sets aside for who has it. */
export const Reserve = z.strictObject({
  ticketTypeId: idOf('typ'),
  quantity: z.int().min(1).max(1_000_000).meta({ description: 'How many of the type.' }),
});

export const Code = z
  .object({
    id: CodeId,
    eventId: idOf('evt'),
    code: z.string().meta({ description: 'As the buyer types it; capitals do not matter.' }),
    currency: Currency,
    maxUses: z.int().nullable().meta({ description: 'Orders that may use it; null: any number.' }),
    used: z.int().meta({ description: 'Live holds and orders that use it.' }),
    validFrom: Instant.nullable(),
    validUntil: Instant.nullable(),
    ticketTypeIds: z.array(idOf('typ')).nullable().meta({ description: 'null: all types.' }),
    state: z.enum(['active', 'disabled']),
    createdAt: Instant,
    ...codeTerms,
    reserve: Reserve.nullable().meta({
      description: 'Places that only this code sells, while it is active; null: none.',
    }),
    batch: z.string().nullable().meta({ description: 'The name of the lot that it was made in.' }),
  })
  .meta({ id: 'Code', description: 'A code: a discount, a key to hidden types, or both.' });

export interface CodeRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly code: string;
  /** The code as it is compared: trimmed, in capitals. */
  readonly codeKey: string;
  readonly discount: Discount | null;
  readonly unlocks: readonly string[] | null;
  readonly maxTickets: number | null;
  readonly maxPerBuyer: number | null;
  readonly minTickets: number;
  readonly minValue: number;
  readonly stacking: z.output<typeof Stacking>;
  readonly reserve: z.output<typeof Reserve> | null;
  readonly batch: string | null;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly ticketTypeIds: readonly string[] | null;
  readonly state: 'active' | 'disabled';
  readonly createdAt: string;
  readonly revision: number;
}

/** The form in which codes are compared: `early ` and `EARLY` are one. */
export function codeKey(code: string): string {
  return code.trim().toUpperCase();
}

/** What most codes are, besides what they take off: for all tickets, with all other discounts. */
export const plainCode = {
  unlocks: null,
  maxTickets: null,
  maxPerBuyer: null,
  minTickets: 0,
  minValue: 0,
  stacking: 'all',
  reserve: null,
  batch: null,
} as const;

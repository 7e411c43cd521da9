import * as z from 'zod';
import { Amount, Currency, Instant, idOf, Percent } from '../kernel/index.ts';

export const CodeId = idOf('cod');

/** What a code takes off: a share of the tickets' price, or an amount of it. */
export const Discount = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('percent'), percent: Percent }),
  z.strictObject({ type: z.literal('fixed'), amount: Amount.min(1) }),
]);
export type Discount = z.output<typeof Discount>;

export const Code = z
  .object({
    id: CodeId,
    eventId: idOf('evt'),
    code: z.string().meta({ description: 'As the buyer types it; capitals do not matter.' }),
    discount: Discount,
    currency: Currency,
    maxUses: z.int().nullable().meta({ description: 'Orders that may use it; null: any number.' }),
    used: z.int().meta({ description: 'Live holds and orders that use it.' }),
    validFrom: Instant.nullable(),
    validUntil: Instant.nullable(),
    ticketTypeIds: z.array(idOf('typ')).nullable().meta({ description: 'null: all types.' }),
    state: z.enum(['active', 'disabled']),
    createdAt: Instant,
  })
  .meta({ id: 'Code', description: 'A promo code with limited uses.' });

export interface CodeRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly code: string;
  /** The code as it is compared: trimmed, in capitals. */
  readonly codeKey: string;
  readonly discount: Discount;
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

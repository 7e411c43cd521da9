import { type Instant, isRefusal, type Refusal } from '../kernel/index.ts';
import type { KnownBuyer } from './buyer.ts';
import { type CodeRecord, codeKey } from './code.ts';
import { quote } from './quote.ts';
import type { QuoteCatalogue, QuoteRefusal } from './quote-catalogue.ts';
import type { Quote } from './quote-schema.ts';
import type { Units } from './refund.ts';
import type { Selection, SelectionType } from './selection.ts';

/** What the price of the rest of an order depends on, besides the order's quote. */
export interface RepriceTerms {
  readonly catalogue: QuoteCatalogue;
  /** What a line’s type is. */
  readonly typeOf: (ticketTypeId: string) => SelectionType;
  readonly buyer: KnownBuyer;
  readonly isCash: boolean;
  /** When the order was priced. */
  readonly at: Instant;
}

/**
 * What the units that stay would have cost by themselves; null: none do. They
 * keep their frozen unit prices; discounts, codes, fees and taxes are worked out
 * anew. The order’s codes count as they did then, whatever became of them; one
 * whose minimum the rest does not reach takes nothing off.
 */
export function repriced(
  { lines, codes }: Quote,
  gone: Units,
  { catalogue, typeOf, buyer, isCash, at }: RepriceTerms,
): Quote | FinalRefusal | null {
  const selections = lines.flatMap((line, index): Selection[] => {
    const quantity = line.quantity - (gone[index] ?? 0);
    if (quantity <= 0) return [];
    const { ticketTypeId, name, unitPrice, tier = null } = line;
    const source = tier?.id ?? ticketTypeId;
    const price = { unitPrice, quantity, rule: 'kept_price', source, tier } as const;
    return [{ ...typeOf(ticketTypeId), name, ...price, adjustments: [] }];
  });
  if (selections.length === 0) return null;
  const open = asThen(catalogue.codes);
  let named = codes.map(({ code }) => code).filter((code) => open.has(codeKey(code)));
  for (;;) {
    const request = { selections, codes: named, buyer, isCash, now: at };
    const result = quote({ ...catalogue, codes: open }, request);
    if (!isRefusal(result)) return result;
    if (isFinal(result)) return result;
    const refused = refusedCode(result);
    const others = named.filter((code) => codeKey(code) !== refused);
    if (others.length === named.length) throw new Error(result.message);
    named = others;
  }
}

/** Codes as they were when they were used: not over, not disabled. */
function asThen(codes: ReadonlyMap<string, CodeRecord>): ReadonlyMap<string, CodeRecord> {
  return new Map(
    [...codes].map(([key, code]) => [
      key,
      { ...code, state: 'active', validFrom: null, validUntil: null },
    ]),
  );
}

type FinalRefusal = Refusal<'amount_too_large' | 'tax_place_missing'>;

/** Whether it is refused for something else than a code. */
function isFinal(refused: QuoteRefusal): refused is FinalRefusal {
  return refused.code === 'amount_too_large' || refused.code === 'tax_place_missing';
}

/** The code that does not go with what is left. */
function refusedCode({ details }: QuoteRefusal): string | undefined {
  return 'code' in details && typeof details.code === 'string' ? details.code : undefined;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../src/kernel/index.ts';
import { type CodeRecord, type FeeRecord, quote, type Selection } from '../src/pricing/index.ts';

const now = '2027-06-01T12:00:00.000Z';
const own = { organizerId: 'org_1', eventId: 'evt_1', revision: 1 };
const price = fc.oneof(fc.nat(50), fc.nat(20_000), fc.nat(999_999_999));
const percent = fc.oneof(
  fc.nat(100).map(String),
  fc.nat(99_999_999).map((n) => `${n % 100}.${String(n).padStart(6, '0').slice(-6)}`),
);

const selections = fc
  .array(fc.record({ unitPrice: price, quantity: fc.integer({ min: 1, max: 40 }) }), {
    minLength: 1,
    maxLength: 10,
  })
  .map((lines) =>
    lines.map((line, index): Selection => {
      const id = `typ_${index}`;
      return { ...line, ticketTypeId: id, name: id, source: 'list_price', sourceId: id };
    }),
  );

const fee = fc.option(
  fc.record({
    percent,
    fixed: fc.nat(2000),
    per: fc.constantFrom('ticket', 'order'),
    mode: fc.constantFrom('passed_on', 'absorbed'),
  }),
  { nil: undefined },
);

const discount = fc.oneof(
  percent.map((text) => ({ type: 'percent' as const, percent: text })),
  fc.integer({ min: 1, max: 100_000 }).map((amount) => ({ type: 'fixed' as const, amount })),
);

const codes = fc.array(fc.record({ discount, of: fc.option(fc.integer({ min: 0, max: 9 })) }), {
  maxLength: 4,
});

/** Random selections under random codes and a random fee, quoted. */
const quoted = fc.record({ selections, fee, codes }).map((drawn) => {
  const catalogueCodes = drawn.codes.map((code, index): CodeRecord => {
    const codeKey = `CODE${index}`;
    return {
      ...own,
      id: `cod_${index}`,
      code: codeKey,
      codeKey,
      discount: code.discount,
      validFrom: null,
      validUntil: null,
      ticketTypeIds: code.of === null ? null : [`typ_${code.of % drawn.selections.length}`],
      state: 'active',
      createdAt: now,
    };
  });
  const terms: FeeRecord | undefined = drawn.fee && {
    ...own,
    ...drawn.fee,
    id: 'fee_1',
    name: 'Fee',
  };
  const keys = catalogueCodes.map(({ codeKey }) => codeKey);
  const result = quote(
    {
      currency: 'EUR',
      fee: terms,
      codes: new Map(catalogueCodes.map((code) => [code.codeKey, code])),
    },
    drawn.selections,
    keys,
    now,
  );
  if (isRefusal(result)) throw new Error(result.message);
  return { ...drawn, result };
});

describe('a quote of anything', () => {
  it('has lines that sum to its totals', () => {
    fc.assert(
      fc.property(quoted, ({ result }) => {
        const sum = (of: 'subtotal' | 'discount' | 'fee' | 'total') =>
          result.lines.reduce((total, line) => total + line[of], 0);
        const { subtotal, discount: off, fee: on, total } = result;
        expect([sum('subtotal'), sum('discount'), sum('fee'), sum('total')]).toEqual([
          subtotal,
          off,
          on,
          total,
        ]);
        expect(subtotal - off + on).toBe(total);
        expect(result.codes.reduce((amount, code) => amount + code.amount, 0)).toBe(off);
      }),
      { numRuns: 500 },
    );
  });

  it('is whole and never negative, on any line', () => {
    fc.assert(
      fc.property(quoted, ({ result }) => {
        for (const line of result.lines) {
          const amounts = [line.subtotal, line.discount, line.fee, line.total];
          expect(amounts.every((amount) => Number.isSafeInteger(amount) && amount >= 0)).toBe(true);
          expect(line.discount).toBeLessThanOrEqual(line.subtotal);
          expect(line.subtotal).toBe(line.unitPrice * line.quantity);
        }
        expect(result.absorbedFee).toBeLessThanOrEqual(result.subtotal - result.discount);
      }),
      { numRuns: 500 },
    );
  });

  it('has a trace from which its total can be computed again', () => {
    fc.assert(
      fc.property(quoted, ({ result, fee: terms }) => {
        const outputs = (rules: readonly string[]) =>
          result.trace
            .filter(({ rule }) => rules.includes(rule))
            .reduce((total, { output }) => total + output, 0);
        const listed = outputs(['list_price']);
        const off = outputs(['percent_code', 'fixed_code']);
        const onTop = terms?.mode === 'passed_on' ? outputs(['fee']) : 0;
        expect(listed + off + onTop).toBe(result.total);
        expect(outputs(['total'])).toBe(result.total);
      }),
      { numRuns: 500 },
    );
  });

  it('is plain JSON: the same in process as over the wire', () => {
    fc.assert(
      fc.property(quoted, ({ result }) => {
        expect(JSON.parse(JSON.stringify(result))).toEqual(result);
      }),
      { numRuns: 200 },
    );
  });
});

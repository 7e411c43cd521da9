import fc from 'fast-check';
import { isRefusal } from '../../src/kernel/index.ts';
import {
  type CodeRecord,
  type DiscountRecord,
  defaultPolicy,
  type FeeRecord,
  type KnownBuyer,
  type PricePolicy,
  plainCode,
  type Quote,
  type QuoteCatalogue,
  quote,
  type Selection,
  type SelectionPart,
  type TaxRecord,
  TaxTable,
  unitPrices,
  unknownBuyer,
} from '../../src/pricing/index.ts';

export const NOW = '2027-06-01T12:00:00.000Z';
const BEFORE = '2027-01-01T00:00:00.000Z';
const own = { organizerId: 'org_1', eventId: 'evt_1', revision: 1 };
const CLASSES = ['standard', 'reduced', 'untaxed'];

const percent = (most: number) =>
  fc
    .tuple(fc.nat(most - 1), fc.oneof(fc.constant(0), fc.nat(999_999)))
    .map(([whole, fraction]) =>
      fraction === 0 ? `${whole}` : `${whole}.${String(fraction).padStart(6, '0')}`,
    );

const price = fc.oneof(fc.nat(20), fc.nat(5000), fc.nat(20_000), fc.nat(9_999_999));
const count = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 40 }));
const taxClass = fc.constantFrom(...CLASSES);

const change = fc.oneof(
  percent(60).map((text) => ({ type: 'percent' as const, percent: text })),
  percent(60).map((text) => ({ type: 'percent' as const, percent: `-${text}` })),
  fc.integer({ min: -2000, max: 2000 }).map((amount) => ({ type: 'amount' as const, amount })),
  price.map((amount) => ({ type: 'price' as const, price: amount })),
);

const terms = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ tiers: [], ownPrice: null, dynamic: null }) },
  fc
    .array(fc.record({ price, quantity: fc.option(fc.integer({ min: 1, max: 5 })) }), {
      minLength: 1,
      maxLength: 3,
    })
    .map((tiers) => ({
      tiers: tiers.map((tier, at) => ({ ...tier, id: `tir_${at}`, name: `T${at}`, until: null })),
      ownPrice: null,
      dynamic: null,
    })),
  fc
    .record({ floor: fc.nat(1000), more: fc.nat(20_000), demand: change, time: change })
    .map(({ floor, more, demand, time }) => ({
      tiers: [],
      ownPrice: null,
      dynamic: {
        floor,
        ceiling: floor + more,
        demand: [{ soldShare: '40', change: demand }],
        time: [{ from: BEFORE, change: time }],
      },
    })),
  fc.constant({
    tiers: [],
    ownPrice: { min: 0, suggested: null, max: null },
    dynamic: null,
  }),
);

/** A type of any kind, in the units that a buyer wants of it. */
const wanted = fc.record({
  price,
  quantity: count,
  terms,
  taxClass,
  ownAmount: price,
  sold: fc.nat(10),
  shape: fc.oneof(
    { weight: 4, arbitrary: fc.constant({ kind: 'ticket' as const, admissions: 1, parts: null }) },
    fc.constant({ kind: 'ticket' as const, admissions: 4, parts: null }),
    fc.constant({ kind: 'product' as const, admissions: 0, parts: null }),
    fc.constant({ kind: 'donation' as const, admissions: 0, parts: null }),
    fc
      .array(fc.record({ quantity: fc.integer({ min: 1, max: 3 }), taxClass, weight: price }), {
        minLength: 1,
        maxLength: 3,
      })
      .map((parts) => ({
        kind: 'ticket' as const,
        admissions: 1,
        parts: parts.map(
          (part, at): SelectionPart => ({
            ...part,
            ticketTypeId: `typ_part${at}`,
            name: `Part ${at}`,
            admissions: 1,
          }),
        ),
      })),
  ),
});

const selections = fc.array(wanted, { minLength: 1, maxLength: 6 }).map((types) =>
  types.flatMap(({ shape, terms: its, taxClass: its_class, ...type }, at): Selection[] => {
    const id = `typ_${at}`;
    const demand = { left: () => 3, share: () => ({ taken: type.sold, of: 10 }) };
    const facts = { ...shape, ticketTypeId: id, name: id, taxClass: its_class };
    return unitPrices({ id, price: type.price, terms: its }, type.quantity, {
      now: NOW,
      demand,
      own: type.ownAmount,
    }).map((unit) => ({ ...facts, ...unit }));
  }),
);

const onTypes = fc.option(
  fc.uniqueArray(
    fc.nat(5).map((at) => `typ_${at}`),
    { minLength: 1, maxLength: 4 },
  ),
  { freq: 2 },
);
const off = fc.oneof(
  percent(100).map((text) => ({ type: 'percent' as const, percent: text })),
  fc.integer({ min: 1, max: 3000 }).map((amount) => ({ type: 'fixed' as const, amount })),
);
const offEach = fc.oneof(
  off,
  fc.nat(3000).map((amount) => ({ type: 'set_price' as const, price: amount })),
);
const few = fc.integer({ min: 1, max: 6 });

const attributeRule = offEach.map((its) => ({
  type: 'attribute' as const,
  attribute: 'member',
  off: its,
}));
const rule: fc.Arbitrary<DiscountRecord['rule']> = fc.oneof(
  fc
    .record({ m: few, more: few })
    .map(({ m, more }) => ({ type: 'n_for_m' as const, n: m + more, m })),
  fc.record({ type: fc.constant('group' as const), min: few, off: offEach }),
  fc.record({
    type: fc.constant('minimum_value' as const),
    min: fc.integer({ min: 1, max: 9000 }),
    off,
  }),
  fc.record({ type: fc.constant('cheapest_free' as const), min: few, free: few }),
  attributeRule,
);

const discountsOf = (rules: fc.Arbitrary<DiscountRecord['rule']>) =>
  fc.array(fc.record({ rule: rules, ticketTypeIds: onTypes }), { maxLength: 3 }).map((discounts) =>
    discounts.map((discount, position): DiscountRecord => {
      const facts = { validFrom: null, validUntil: null, position };
      return { ...own, ...facts, ...discount, id: `dsc_${position}`, name: `D${position}` };
    }),
  );

const codeDiscount = fc.oneof(
  off,
  fc.nat(3000).map((amount) => ({ type: 'set_price' as const, price: amount })),
  fc.constant({ type: 'free' as const }),
);
const codesOf = (discount: fc.Arbitrary<CodeRecord['discount']>, isPlain: boolean) =>
  fc
    .array(
      fc.record({
        discount,
        ticketTypeIds: fc.constant(null),
        maxTickets: isPlain ? fc.constant(null) : fc.option(fc.integer({ min: 1, max: 9 })),
        stacking: isPlain
          ? fc.constant('all' as const)
          : fc.constantFrom('all' as const, 'undiscounted' as const),
      }),
      { maxLength: 3 },
    )
    .map((codes) =>
      codes.map((code, at): CodeRecord => {
        const facts = { validFrom: null, validUntil: null, createdAt: NOW, state: 'active' };
        const codeKey = `CODE${at}`;
        return {
          ...own,
          ...plainCode,
          ...facts,
          ...code,
          state: 'active',
          id: `cod_${at}`,
          code: codeKey,
          codeKey,
        };
      }),
    );

const feeTerms = fc.record({
  percent: percent(30),
  fixed: fc.nat(500),
  min: fc.oneof(fc.constant(0), fc.nat(300)),
  more: fc.option(fc.nat(2000)),
  shape: fc.constantFrom(
    { per: 'ticket', mode: 'passed_on', basis: 'price' } as const,
    { per: 'order', mode: 'passed_on', basis: 'price' } as const,
    { per: 'ticket', mode: 'absorbed', basis: 'price' } as const,
    { per: 'order', mode: 'absorbed', basis: 'price' } as const,
    { per: 'order', mode: 'passed_on', basis: 'charge' } as const,
  ),
  taxClass,
  ticketTypeIds: onTypes,
});
const fees = fc.array(feeTerms, { maxLength: 3 }).map((drawn) =>
  drawn
    .map(({ shape, more, ...fee }, at): FeeRecord => {
      const max = more === null ? null : fee.min + more;
      return { ...own, ...fee, ...shape, max, id: `fee_${at}`, name: `F${at}` };
    })
    .sort((a, b) => Number(a.basis === 'charge') - Number(b.basis === 'charge')),
);

const taxes = fc
  .array(
    fc.record({
      percent: percent(30),
      compound: fc.boolean(),
      taxClass: fc.constantFrom('standard', 'reduced'),
    }),
    { maxLength: 4 },
  )
  .map((drawn) =>
    drawn.map((tax, position): TaxRecord => {
      const facts = { place: null, validFrom: null, validUntil: null, position };
      const { organizerId, revision } = own;
      return {
        organizerId,
        revision,
        ...facts,
        ...tax,
        id: `tax_${position}`,
        name: `T${position}`,
      };
    }),
  );

const policies: fc.Arbitrary<PricePolicy> = fc
  .record({
    pricesInclude: fc.constantFrom('tax', 'no_tax'),
    taxRounding: fc.constantFrom('line', 'sum_by_net', 'sum_by_net_keep_gross'),
    halves: fc.constantFrom('up', 'even'),
    cashStep: fc.option(fc.constantFrom(2, 5, 10, 50, 100)),
    reverseCharge: fc.constantFrom('never', 'abroad'),
  })
  .map((drawn) => ({ ...defaultPolicy, taxPlace: 'DE', ...drawn }));

const buyers: fc.Arbitrary<KnownBuyer> = fc.constantFrom(
  unknownBuyer,
  { ...unknownBuyer, attributes: ['member'] },
  { ...unknownBuyer, exemption: 'A certificate' },
  { ...unknownBuyer, taxId: 'ATU13585627' },
);

/** A catalogue and a request; `isCalm`: without rules that a higher quantity may set off. */
export interface Drawn {
  readonly catalogue: QuoteCatalogue;
  readonly taxes: readonly TaxRecord[];
  readonly selections: readonly Selection[];
  readonly buyer: KnownBuyer;
  readonly isCash: boolean;
}

function drawnFrom(
  discounts: fc.Arbitrary<DiscountRecord[]>,
  codes: fc.Arbitrary<CodeRecord[]>,
): fc.Arbitrary<Drawn> {
  return fc
    .record({
      selections,
      discounts,
      codes,
      fees,
      taxes,
      policy: policies,
      buyer: buyers,
      isCash: fc.boolean(),
    })
    .map(({ selections: its, buyer, isCash, codes: named, taxes: rates, ...rules }) => ({
      taxes: rates,
      catalogue: {
        ...rules,
        taxes: new TaxTable(rates),
        currency: 'EUR',
        codes: new Map(named.map((code) => [code.codeKey, code])),
      },
      selections: its,
      buyer,
      isCash,
    }));
}

/** Anything that an organizer may set, and any cart. */
export const anything = drawnFrom(discountsOf(rule), codesOf(codeDiscount, false));

/** The same without rules that more tickets may set off: what is left grows with what is bought. */
export const steady = drawnFrom(
  discountsOf(
    percent(50).map((text) => ({
      type: 'attribute',
      attribute: 'member',
      off: { type: 'percent', percent: text },
    })),
  ),
  codesOf(
    percent(50).map((text) => ({ type: 'percent', percent: text })),
    true,
  ),
);

/** The quote of what was drawn. Codes that do not go with it are left out. */
export function priceOf({ catalogue, selections: its, buyer, isCash }: Drawn): Quote {
  const codes = [...catalogue.codes.keys()];
  for (;;) {
    const request = { selections: its, codes, buyer, isCash, now: NOW };
    const result = quote(catalogue, request);
    if (!isRefusal(result)) return result;
    if (codes.pop() === undefined) throw new Error(result.message);
  }
}

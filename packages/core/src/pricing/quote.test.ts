import { describe, expect, it } from 'vitest';
import { isRefusal } from '../kernel/index.ts';
import { unknownBuyer } from './buyer.ts';
import { type CodeRecord, plainCode } from './code.ts';
import { explainQuote } from './explain.ts';
import { type FeeRecord, plainFee } from './fee.ts';
import { defaultPolicy, type PricePolicy } from './policy.ts';
import { quote } from './quote.ts';
import type { Quote } from './quote-schema.ts';
import { recomputeTotal } from './recompute.ts';
import { listingsOfQuote, resaleQuote } from './resale-quote.ts';
import type { Selection } from './selection.ts';
import type { TaxRecord } from './tax.ts';
import { TaxTable } from './tax-rates.ts';

const NOW = '2027-06-01T12:00:00.000Z';
const EVENT = { organizerId: 'org_1', eventId: 'evt_1', revision: 1 };

function ticket(name: string, unitPrice: number, quantity: number): Selection {
  const ticketTypeId = `typ_${name}`;
  return {
    ticketTypeId,
    name,
    kind: 'ticket',
    taxClass: 'standard',
    admissions: 1,
    parts: null,
    unitPrice,
    quantity,
    rule: 'list_price',
    source: ticketTypeId,
    tier: null,
    adjustments: [],
  };
}

function code(codeKey: string, discount: CodeRecord['discount'], more: Partial<CodeRecord> = {}) {
  return {
    ...EVENT,
    ...plainCode,
    id: `cod_${codeKey}`,
    code: codeKey,
    codeKey,
    discount,
    validFrom: null,
    validUntil: null,
    ticketTypeIds: null,
    state: 'active',
    createdAt: NOW,
    ...more,
  } satisfies CodeRecord;
}

function fee(terms: Partial<FeeRecord>): FeeRecord {
  return {
    ...EVENT,
    ...plainFee,
    id: 'fee_1',
    name: 'Service fee',
    percent: '0',
    fixed: 0,
    per: 'ticket',
    mode: 'passed_on',
    ...terms,
  };
}

function tax(percent: string, more: Partial<TaxRecord> = {}): TaxRecord {
  return {
    organizerId: 'org_1',
    revision: 1,
    id: `tax_${percent}`,
    name: `Tax ${percent}`,
    taxClass: 'standard',
    place: null,
    percent,
    compound: false,
    position: 0,
    validFrom: null,
    validUntil: null,
    ...more,
  };
}

function priced(
  selections: readonly Selection[],
  more: {
    codes?: readonly CodeRecord[];
    fee?: FeeRecord;
    fees?: readonly FeeRecord[];
    taxes?: readonly TaxRecord[];
    typed?: readonly string[];
    currency?: string;
    policy?: Partial<PricePolicy>;
    exemption?: string;
  } = {},
) {
  const codes = new Map((more.codes ?? []).map((own) => [own.codeKey, own]));
  const catalogue = {
    currency: more.currency ?? 'EUR',
    policy: { ...defaultPolicy, ...more.policy },
    discounts: [],
    fees: more.fees ?? (more.fee === undefined ? [] : [more.fee]),
    taxes: new TaxTable(more.taxes ?? []),
    codes,
  };
  return quote(catalogue, {
    selections,
    codes: more.typed ?? [...codes.keys()],
    buyer: { ...unknownBuyer, exemption: more.exemption ?? null },
    isCash: false,
    now: NOW,
  });
}

function mustPrice(...args: Parameters<typeof priced>): Quote {
  const result = priced(...args);
  if (isRefusal(result)) throw new Error(result.message);
  // What a quote says is always the sum of its lines.
  const sum = (field: 'subtotal' | 'discount' | 'fee' | 'total') =>
    result.lines.reduce((total, line) => total + line[field], 0);
  expect(result.total).toBe(sum('total'));
  expect(result.discount).toBe(sum('discount'));
  const onTop = result.taxIncluded ? 0 : result.tax;
  const changes = result.lines.reduce((total, { rounding = 0 }) => total + rounding, 0);
  expect(result.subtotal - result.discount + result.fee + onTop + changes).toBe(result.total);
  expect(result.codes.reduce((total, { amount }) => total + amount, 0)).toBe(result.discount);
  return result;
}

describe('a quote', () => {
  it('multiplies list prices', () => {
    const { lines, total } = mustPrice([ticket('Standard', 4900, 2), ticket('VIP', 9900, 1)]);
    expect(lines.map((line) => line.total)).toEqual([9800, 9900]);
    expect(total).toBe(19_700);
  });

  it('takes a percentage off the order and spreads it by largest remainder', () => {
    // 10 % of 3 x 3.33 + 1 x 0.01 = 10.00 is 1.00: 0.999 and 0.001 of it.
    const { lines, discount } = mustPrice([ticket('A', 333, 3), ticket('B', 1, 1)], {
      codes: [code('TEN', { type: 'percent', percent: '10' })],
    });
    expect(discount).toBe(100);
    expect(lines.map((line) => line.discount)).toEqual([100, 0]);
  });

  it('rounds half a minor unit up', () => {
    // 50 % of 0.99 is 0.495.
    expect(
      mustPrice([ticket('A', 99, 1)], { codes: [code('HALF', { type: 'percent', percent: '50' })] })
        .discount,
    ).toBe(50);
  });

  it('never goes below zero with a fixed code larger than the order', () => {
    const { total, discount } = mustPrice([ticket('A', 1000, 1)], {
      codes: [code('BIG', { type: 'fixed', amount: 5000 })],
    });
    expect({ total, discount }).toEqual({ total: 0, discount: 1000 });
  });

  it('applies codes one after the other, to what is left', () => {
    const { codes, total } = mustPrice([ticket('A', 10_000, 1)], {
      codes: [
        code('TEN', { type: 'fixed', amount: 1000 }),
        code('HALF', { type: 'percent', percent: '50' }),
      ],
    });
    expect(codes.map(({ amount }) => amount)).toEqual([1000, 4500]);
    expect(total).toBe(4500);
  });

  it('applies a code once, however it is typed and however often', () => {
    const { discount } = mustPrice([ticket('A', 1000, 1)], {
      codes: [code('TEN', { type: 'percent', percent: '10' })],
      typed: ['ten', ' TEN ', 'Ten'],
    });
    expect(discount).toBe(100);
  });

  it('takes a code off the types that it is for only', () => {
    const { lines } = mustPrice([ticket('A', 1000, 1), ticket('B', 1000, 1)], {
      codes: [code('B10', { type: 'percent', percent: '10' }, { ticketTypeIds: ['typ_B'] })],
    });
    expect(lines.map((line) => line.discount)).toEqual([0, 100]);
  });

  it.each([
    ['is unknown', code('OTHER', { type: 'percent', percent: '10' })],
    ['is disabled', code('X', { type: 'percent', percent: '10' }, { state: 'disabled' })],
    [
      'is not valid yet',
      code('X', { type: 'percent', percent: '10' }, { validFrom: '2027-06-01T12:00:00.001Z' }),
    ],
    ['is over', code('X', { type: 'percent', percent: '10' }, { validUntil: NOW })],
    [
      'is for other types',
      code('X', { type: 'percent', percent: '10' }, { ticketTypeIds: ['typ_Z'] }),
    ],
  ])('is refused alike when a code %s', (_case, own) => {
    const refused = priced([ticket('A', 1000, 1)], { codes: [own], typed: ['x'] });
    expect(refused).toMatchObject({ code: 'code_not_valid', details: { code: 'X' } });
  });

  it('adds a fee per ticket on its own share of a discounted line', () => {
    // 3 x 10.00 less 0.50 is 29.50: 9.84, 9.83, 9.83; 5 % + 0.30 each is 0.79, 0.79, 0.79.
    const { fee: fees, total } = mustPrice([ticket('A', 1000, 3)], {
      codes: [code('CENT', { type: 'fixed', amount: 50 })],
      fee: fee({ percent: '5', fixed: 30 }),
    });
    expect(fees).toBe(3 * 79);
    expect(total).toBe(2950 + 237);
  });

  it('spreads a fee per order over its lines', () => {
    const { lines, fee: fees } = mustPrice([ticket('A', 1000, 1), ticket('B', 2000, 1)], {
      fee: fee({ fixed: 100, per: 'order' }),
    });
    expect(lines.map((line) => line.fee)).toEqual([33, 67]);
    expect(fees).toBe(100);
  });

  it('leaves the total alone when the fee is absorbed', () => {
    const {
      total,
      fee: fees,
      absorbedFee,
    } = mustPrice([ticket('A', 1000, 2)], {
      fee: fee({ percent: '10', mode: 'absorbed' }),
    });
    expect({ total, fees, absorbedFee }).toEqual({ total: 2000, fees: 0, absorbedFee: 200 });
  });

  it('absorbs no more than the price', () => {
    const { absorbedFee } = mustPrice([ticket('A', 50, 1)], {
      fee: fee({ fixed: 80, mode: 'absorbed' }),
    });
    expect(absorbedFee).toBe(50);
  });

  it('absorbs no more than the price with several fees together', () => {
    const all = { fixed: 30, mode: 'absorbed' } as const;
    const { fees, absorbedFee } = mustPrice([ticket('A', 50, 1)], {
      fees: [fee(all), fee({ ...all, id: 'fee_2', name: 'Second' })],
    });
    expect(fees.map(({ amount }) => amount)).toEqual([30, 20]);
    expect(absorbedFee).toBe(50);
  });

  it('takes no fee on what costs nothing', () => {
    const { total } = mustPrice([ticket('Free', 0, 4)], { fee: fee({ fixed: 100 }) });
    expect(total).toBe(0);
  });

  it.each([
    ['JPY', 5000, '10', 4500],
    ['KWD', 12_345, '10', 11_110], // 1.2345 of 12.345 KWD rounds to 1.235
  ])('counts %s in its own minor unit', (currency, price, percent, total) => {
    const result = mustPrice([ticket('A', price, 1)], {
      currency,
      codes: [code('C', { type: 'percent', percent })],
    });
    expect(result.total).toBe(total);
  });

  it.each(['line', 'sum_by_net', 'sum_by_net_keep_gross'] as const)(
    'never takes more tax out of a line than its price (%s)',
    (taxRounding) => {
      const cents = Array.from({ length: 13 }, (_, at) => ticket(`T${at}`, 1, 1));
      const half = (position: number) => tax('50', { id: `tax_half${position}`, position });
      for (const [selections, taxes] of [
        // 13 · 5 / 114.975 and 13 · 9.975 / 114.975 both round to a cent: not of the same line.
        [cents, [tax('5'), tax('9.975', { position: 1 })]],
        // 3 · 50 / 300 rounds to a cent, four times: of three there are.
        [[ticket('A', 3, 1)], [half(0), half(1), half(2), half(3)]],
      ] as const) {
        const { lines } = mustPrice(selections, { taxes, policy: { taxRounding } });
        for (const line of lines) expect(line.tax).toBeLessThanOrEqual(line.total);
        const request = { taxes, policy: { taxRounding }, exemption: 'A certificate' };
        const exempt = priced(selections, request);
        if (isRefusal(exempt)) throw new Error(exempt.message);
        expect(Math.min(...exempt.lines.map(({ total }) => total))).toBeGreaterThanOrEqual(0);
      }
    },
  );

  it('asks for the place of whatever is taxed there: a fee, a part of a bundle', () => {
    const taxes = [tax('19', { taxClass: 'service', place: 'DE' })];
    const missing = { code: 'tax_place_missing', details: { taxClass: 'service' } };
    const fees = [fee({ fixed: 100, taxClass: 'service' })];
    expect(priced([ticket('A', 1000, 1)], { fees, taxes })).toMatchObject(missing);
    const part = { ticketTypeId: 'typ_B', name: 'B', quantity: 1, admissions: 1, weight: 1 };
    const bundle = { ...ticket('A', 1000, 1), parts: [{ ...part, taxClass: 'service' }] };
    expect(priced([bundle], { taxes })).toMatchObject(missing);
    expect(isRefusal(priced([ticket('A', 1000, 1)], { taxes }))).toBe(false);
  });

  it('refuses a fee of the charge that its own tax outgrows', () => {
    const growing = fee({ percent: '40', per: 'order', basis: 'charge' });
    const taxes = [tax('150')];
    const refused = priced([ticket('A', 1, 1)], {
      fees: [growing],
      taxes,
      policy: { pricesInclude: 'no_tax' },
    });
    expect(refused).toMatchObject({ code: 'amount_too_large' });
  });

  it('keeps the tax of a fee apart from what the tickets cost', () => {
    const group = { ...ticket('Four', 10_000, 1), admissions: 4 };
    const [line] = mustPrice([group], {
      fee: fee({ percent: '10', taxClass: 'standard' }),
      taxes: [tax('19')],
      policy: { pricesInclude: 'no_tax' },
    }).lines;
    expect(line).toMatchObject({ fee: 1000, feeCharge: 1190, tax: 2090, total: 13_090 });
    expect(line?.tickets).toMatchObject([{ quantity: 4, share: 11_900 }]);
  });

  it('explains itself: the last step is the total', () => {
    const quoted = mustPrice([ticket('Standard', 4900, 2)], {
      codes: [code('EARLY', { type: 'percent', percent: '20' })],
      fee: fee({ percent: '5', fixed: 50 }),
    });
    expect(explainQuote(quoted)).toEqual([
      '2 x Standard at 49.00 EUR: 98.00 EUR.',
      'Code EARLY: 20 % off 98.00 EUR is 19.60 EUR.',
      'Service fee (5 % + 0.50 EUR per ticket, on top): 4.92 EUR.',
      'Total 83.32 EUR.',
    ]);
    expect(recomputeTotal(quoted)).toEqual({ total: quoted.total, unsound: [] });
  });
});

describe('a resale quote', () => {
  it("is the seller's price and the buyer's fee", () => {
    const listing = { id: 'lst_1', ticketTypeId: 'typ_A', name: 'Standard', price: 5000 };
    expect(resaleQuote('EUR', [{ ...listing, buyerFee: 250 }])).toMatchObject({
      total: 5250,
      fee: 250,
      lines: [{ quantity: 1, unitPrice: 5000, total: 5250, listingId: 'lst_1' }],
    });
  });

  it('of a group has a line for each, and comes to its total by its steps', () => {
    const one = { ticketTypeId: 'typ_A', name: 'Standard' };
    const quoted = resaleQuote('EUR', [
      { ...one, id: 'lst_1', price: 3333, buyerFee: 167 },
      { ...one, id: 'lst_2', price: 3334, buyerFee: 167 },
    ]);
    expect(quoted).toMatchObject({ subtotal: 6667, fee: 334, total: 7001 });
    expect(listingsOfQuote(quoted)).toEqual(['lst_1', 'lst_2']);
    expect(recomputeTotal(quoted)).toEqual({ total: 7001, unsound: [] });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../src/kernel/index.ts';
import { disagreements } from '../src/ledger/verify/records.ts';
import {
  type Quote,
  type RefundPolicy,
  repriced,
  type SelectionType,
} from '../src/pricing/index.ts';
import { unitsBefore } from '../src/refunds/choice.ts';
import type { OrderRefundRecord, RefundKind } from '../src/refunds/order-refund.ts';
import { nothing, partsOfSale } from '../src/refunds/parts.ts';
import { planRefund, type RefundPlan, type RefundRequest } from '../src/refunds/plan.ts';
import { orderOf } from './support/invoices.ts';
import { anything, type Drawn, NOW, priceOf } from './support/random-prices.ts';

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

/** A refund as it is kept; a plan needs of it what it took, and for which tickets. */
function recordOf(
  { amount, units, lines, platformFee, taxes }: RefundPlan,
  { kind = 'requested', ticketIds }: Pick<OrderRefundRecord, 'ticketIds'> & { kind?: RefundKind },
): OrderRefundRecord {
  return {
    id: 'orf_1',
    organizerId: 'org_1',
    eventId: 'evt_1',
    orderId: 'ord_1',
    kind,
    reason: null,
    policy: 'keep_prices',
    feesKept: false,
    percent: '100',
    currency: 'EUR',
    ticketIds,
    means: [],
    credit: 0,
    creditCardId: null,
    creditCode: null,
    runId: null,
    madeBy: 'system',
    createdAt: NOW,
    amount,
    units,
    lines,
    platformFee,
    taxes,
  };
}

interface Step {
  readonly policy: RefundPolicy;
  readonly feesKept: boolean;
  readonly percent: string;
  /** Units of each line; undefined: an amount alone, so much of what is left in percent. */
  readonly units: readonly number[] | undefined;
  readonly share: number;
  /** Instead: so much of what is left goes back for a ticket that is sold on, and stays sold. */
  readonly isResale?: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  policy: fc.constantFrom<RefundPolicy>('keep_prices', 'keep_prices', 'reprice'),
  feesKept: fc.boolean(),
  percent: fc.constantFrom('100', '100', '80', '33.3', '0'),
  units: fc.option(fc.array(fc.nat(9), { minLength: 24, maxLength: 24 }), { nil: undefined }),
  share: fc.nat(100),
  isResale: fc.constantFrom(false, false, true),
});

const giving = fc.record({ drawn: anything, steps: fc.array(step, { maxLength: 6 }) });

function restOf({ catalogue, selections, buyer, isCash }: Drawn, quote: Quote, gone: number[]) {
  const typeOf = (id: string): SelectionType => {
    const selection = selections.find(({ ticketTypeId }) => ticketTypeId === id);
    if (selection === undefined) throw new Error(`${id} was not bought.`);
    return selection;
  };
  const rest = repriced(quote, gone, { catalogue, typeOf, buyer, isCash, at: NOW });
  if (isRefusal(rest)) throw new Error(rest.message);
  return rest;
}

/** What went back to the buyer as the seller of a ticket: it undoes nothing of the sale. */
function resaleOf(quote: Quote, amount: number, ticketId: string): OrderRefundRecord {
  const units = quote.lines.map(() => 0);
  const plan = { amount, units, lines: [], ...nothing(partsOfSale(quote)) };
  return recordOf(plan, { kind: 'resold', ticketIds: [ticketId] });
}

/** The tickets of each line that are left, one of each unit; those that were sold on are the last. */
function ticketsLeft(quote: Quote, before: readonly OrderRefundRecord[]): string[][] {
  const of = (isResale: boolean) =>
    before.filter(({ kind }) => (kind === 'resold') === isResale).flatMap((own) => own.ticketIds);
  const [gone, resold] = [of(false), of(true)];
  return quote.lines.map(({ quantity }, line) =>
    Array.from({ length: quantity }, (_, at) => `${line}.${at}`)
      .filter((id) => !gone.includes(id))
      .sort((a, b) => Number(resold.includes(a)) - Number(resold.includes(b))),
  );
}

interface Resold {
  /** Tickets that are not given back. */
  readonly sold?: readonly string[];
  /** What went back for them before. */
  readonly resales?: readonly OrderRefundRecord[];
}

/** Gives an order back in these steps, as far as each can be taken; returns what was kept of it. */
function giveBack(
  drawn: Drawn,
  quote: Quote,
  steps: readonly Step[],
  { sold = [], resales = [] }: Resold = {},
): OrderRefundRecord[] {
  const before: OrderRefundRecord[] = [...resales];
  for (const { units: wish, share, isResale, ...how } of steps) {
    const givenBack = sum(before.map(({ amount }) => amount));
    const given = unitsBefore(before);
    const tickets = ticketsLeft(quote, before).map((its) => its.filter((id) => !sold.includes(id)));
    const left = tickets.map(({ length }) => length);
    const units = left.map((most, at) => Math.min(most, wish?.[at] ?? 0));
    const amount = Math.floor(((quote.total - givenBack) * share) / 100);
    if (isResale) {
      const [ticketId] = tickets.flat();
      if (ticketId !== undefined) before.push(resaleOf(quote, amount, ticketId));
      continue;
    }
    const ticketIds =
      wish === undefined ? [] : tickets.flatMap((its, at) => its.slice(0, units[at] ?? 0));
    const gone = units.map((own, at) => own + (given[at] ?? 0));
    const request: RefundRequest = {
      order: { id: 'ord_1', quote, givenBack },
      before,
      back: wish === undefined ? { amount } : { units },
      ticketIds,
      rest: how.policy === 'reprice' ? restOf(drawn, quote, gone) : null,
      ...how,
    };
    const plan = planRefund(request);
    if (isRefusal(plan)) {
      // Only the fees are left, and those are to stay paid.
      expect(how.feesKept && wish === undefined).toBe(true);
      continue;
    }
    expect(plan.amount).toBeGreaterThanOrEqual(0);
    expect(plan.amount).toBeLessThanOrEqual(quote.total - givenBack);
    expect(plan.platformFee).toBeGreaterThanOrEqual(0);
    for (const { amount: tax } of plan.taxes) expect(tax).toBeGreaterThanOrEqual(0);
    const lines = sum(plan.lines.map((line) => line.amount));
    expect(lines).toBe(plan.lines.length === 0 ? 0 : plan.amount);
    before.push(recordOf(plan, { ticketIds }));
  }
  return before;
}

const whole = (quote: Quote, feesKept: boolean): Step => ({
  policy: 'keep_prices',
  feesKept,
  percent: '100',
  units: quote.lines.map(({ quantity }) => quantity),
  share: 0,
});

/** What each had of a sale that no refund took. */
function leftOf(quote: Quote, refunds: readonly OrderRefundRecord[]) {
  const sold = partsOfSale(quote);
  const taxOf = (taxId: string) =>
    sum(
      refunds
        .flatMap(({ taxes }) => taxes.filter((tax) => tax.taxId === taxId))
        .map((tax) => tax.amount),
    );
  const amount = quote.total - sum(refunds.map((refund) => refund.amount));
  const platformFee = sold.platformFee - sum(refunds.map((refund) => refund.platformFee));
  const taxes = sold.taxes.map((tax) => tax.amount - taxOf(tax.taxId));
  return { amount, platformFee, taxes, organizer: amount - platformFee - sum(taxes) };
}

describe('refunds of one order', () => {
  it('in any steps, with any of them in amounts, come to what was paid and leave nobody anything', () => {
    fc.assert(
      fc.property(giving, ({ drawn, steps }) => {
        const quote = priceOf(drawn);
        fc.pre(quote.total > 0);
        const rest: Step = { ...whole(quote, false), units: undefined, share: 100 };
        const refunds = giveBack(drawn, quote, [...steps, whole(quote, false), rest]);
        const left = leftOf(quote, refunds);
        expect(left).toMatchObject({ amount: 0, platformFee: 0, organizer: 0 });
        expect(left.taxes.every((tax) => tax === 0)).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('ticket by ticket give back what all at once does, to each', () => {
    fc.assert(
      fc.property(anything, fc.boolean(), (drawn, feesKept) => {
        const quote = priceOf(drawn);
        fc.pre(sum(quote.lines.map(({ quantity }) => quantity)) <= 60);
        const single = quote.lines.flatMap(({ quantity }, line) =>
          Array.from({ length: quantity }, () => ({
            ...whole(quote, feesKept),
            units: quote.lines.map((_, at) => (at === line ? 1 : 0)),
          })),
        );
        expect(leftOf(quote, giveBack(drawn, quote, single))).toEqual(
          leftOf(quote, giveBack(drawn, quote, [whole(quote, feesKept)])),
        );
      }),
      { numRuns: 600 },
    );
  });

  it('with the fees kept leave the platform all of its fees, and the buyer the rest', () => {
    fc.assert(
      fc.property(giving, ({ drawn, steps }) => {
        const quote = priceOf(drawn);
        fc.pre(quote.total > 0);
        const keeping = steps.map(({ units }) => ({
          ...whole(quote, true),
          units: units ?? quote.lines.map(() => 0),
        }));
        const refunds = giveBack(drawn, quote, [...keeping, whole(quote, true)]);
        const charges = sum(quote.lines.map(({ fee, feeCharge = fee }) => feeCharge));
        const left = leftOf(quote, refunds);
        expect(left.amount).toBe(Math.min(quote.total, charges));
        if (left.amount === 0) return;
        expect(left.platformFee).toBe(quote.fee + quote.absorbedFee);
        // On top of prices, the tax that is left is that of the fees, but for what the rounding
        // of a tax that is taken once puts on another line.
        if (quote.taxIncluded || quote.taxes.length === 0) return;
        const off = Math.abs(sum(left.taxes) - (charges - quote.fee));
        expect(off).toBeLessThanOrEqual(quote.lines.length);
      }),
      { numRuns: 1500 },
    );
  });

  it('of which the last is repriced come to what was paid, whatever was sold on before', () => {
    fc.assert(
      fc.property(giving, ({ drawn, steps }) => {
        const quote = priceOf(drawn);
        fc.pre(quote.total > 0);
        const last: Step = { ...whole(quote, false), policy: 'reprice' };
        const refunds = giveBack(drawn, quote, [...steps, last]);
        fc.pre(refunds.at(-1)?.units.some((units) => units > 0) ?? false);
        expect(leftOf(quote, refunds)).toMatchObject({ amount: 0, platformFee: 0, organizer: 0 });
      }),
      { numRuns: 600 },
    );
  });

  it('for tickets that were not sold on come to what they would without a resale', () => {
    fc.assert(
      fc.property(giving, fc.nat(100), fc.nat(3), ({ drawn, steps }, share, many) => {
        const quote = priceOf(drawn);
        fc.pre(quote.total > 0);
        // The last ticket of some lines; the others are given back, in these steps.
        const sold = quote.lines.slice(0, many + 1).map((line, at) => `${at}.${line.quantity - 1}`);
        const own = steps.filter(({ units, isResale }) => units !== undefined && !isResale);
        const plain = giveBack(drawn, quote, own, { sold });
        const left = quote.total - sum(plain.map(({ amount }) => amount));
        const each = Math.floor((left * share) / 100 / sold.length);
        const resales = sold.map((id) => resaleOf(quote, each, id));
        const after = giveBack(drawn, quote, own, { sold, resales });
        expect(after.slice(resales.length).map(({ amount }) => amount)).toEqual(
          plain.map(({ amount }) => amount),
        );
      }),
      { numRuns: 600 },
    );
  });

  it('split as the books check it: no more than each had, all of it in the end', () => {
    const saidOf = (quote: Quote, given: readonly OrderRefundRecord[]) => {
      const order = orderOf(quote, { givenBack: sum(given.map(({ amount }) => amount)) });
      const sold = { order, payments: [], uses: [], listings: [] };
      return disagreements(sold, { refunds: [], toGiftCards: [], given })
        .map(({ what }) => what)
        .filter((what) => what?.endsWith('given back'));
    };
    fc.assert(
      fc.property(giving, ({ drawn, steps }) => {
        const quote = priceOf(drawn);
        fc.pre(quote.total > 0);
        const rest: Step = { ...whole(quote, false), units: undefined, share: 100 };
        const refunds = giveBack(drawn, quote, [...steps, rest]);
        for (let many = 0; many <= refunds.length; many += 1) {
          expect(saidOf(quote, refunds.slice(0, many))).toEqual([]);
        }
        const last = refunds.at(-1);
        // While something stays sold that was sold on, not all of the parts has gone back.
        if (last === undefined || refunds.some(({ kind }) => kind === 'resold')) return;
        const but = (change: Partial<OrderRefundRecord>) =>
          saidOf(quote, [...refunds.slice(0, -1), { ...last, ...change }]);
        expect(but({ platformFee: last.platformFee + 1 })).toEqual(['fees given back']);
        expect(but({ platformFee: last.platformFee - 1 })).toEqual(['fees given back']);
        const [tax, ...others] = last.taxes;
        if (tax === undefined) return;
        const taxes = [{ ...tax, amount: tax.amount - 1 }, ...others];
        expect(but({ taxes })).toEqual([`tax ${tax.taxId} given back`]);
      }),
      { numRuns: 300 },
    );
  });
});

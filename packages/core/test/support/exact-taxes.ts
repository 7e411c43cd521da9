/** Taxes by fractions, slowly and by the letter: what the engine is compared with. */
import type { PricePolicy, Quote, Selection, TaxRecord } from '../../src/pricing/index.ts';

interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

function plus(a: Fraction, b: Fraction): Fraction {
  const [left, right]: [bigint, bigint] = [a.n * b.d, b.n * a.d];
  return { n: left + right, d: a.d * b.d };
}
const by = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });
const over = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d, d: a.d * b.n });
const whole = (amount: number | bigint): Fraction => ({ n: BigInt(amount), d: 1n });

/** The nearest whole number of a fraction that is not negative. */
function rounded({ n, d }: Fraction, halves: PricePolicy['halves']): bigint {
  const floor: bigint = n / d;
  const twice = 2n * (n - floor * d);
  if (twice < d) return floor;
  if (twice > d) return floor + 1n;
  return halves === 'up' || floor % 2n === 1n ? floor + 1n : floor;
}

function rateOf(percent: string): Fraction {
  const [units = '0', decimals = ''] = percent.split('.');
  return { n: BigInt(units + decimals), d: 100n * 10n ** BigInt(decimals.length) };
}

/** An amount in `count` parts that differ by a unit at most, the larger ones first. */
function evenly(amount: number, count: number): number[] {
  const parts: number[] = [];
  for (let left = count; left > 0; left -= 1) {
    const taken = parts.reduce((sum, part) => sum + part, 0);
    parts.push(Number((BigInt(amount - taken) + BigInt(left) - 1n) / BigInt(left)));
  }
  return parts;
}

/** An amount by weights: floors first, then a unit each to the largest remainders. */
function byWeight(amount: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (total === 0n) return weights.map((_, at) => (at === 0 ? amount : 0));
  const exact = weights.map((weight) => BigInt(amount) * BigInt(weight));
  const parts = exact.map((share) => Number(share / total));
  const missing = amount - parts.reduce((sum, part) => sum + part, 0);
  const order = exact
    .map((share, at) => ({ rest: share % total, at }))
    .sort((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest > b.rest ? -1 : 1));
  for (const { at } of order.slice(0, missing)) parts[at] = (parts[at] ?? 0) + 1;
  return parts;
}

/** Everything that is taxed by itself, by class. */
function taxedAmounts(quote: Quote, selections: readonly Selection[], fees: readonly FeeClass[]) {
  const amounts = new Map<string, number[]>();
  const add = (taxClass: string, amount: number) =>
    amounts.set(taxClass, [...(amounts.get(taxClass) ?? []), amount]);
  quote.lines.forEach((line, at) => {
    const selection = selections[at];
    if (selection === undefined) throw new Error('A line without its selection.');
    for (const unit of evenly(line.subtotal - line.discount, line.quantity)) {
      if (selection.parts === null) {
        add(selection.taxClass, unit);
        continue;
      }
      const shares = byWeight(
        unit,
        selection.parts.map(({ weight }) => weight),
      );
      selection.parts.forEach((part, of) => {
        add(part.taxClass, shares[of] ?? 0);
      });
    }
  });
  for (const { id, taxClass, per } of fees) {
    const step = quote.trace.find(({ source, rule }) => source === id && rule === 'fee');
    if (step === undefined || step.output === 0) continue;
    if (per === 'order') add(taxClass, step.output);
    else {
      quote.lines.forEach(({ quantity, fee }, at) => {
        if (fee === 0) return;
        for (const unit of evenly(step.parts?.[at] ?? 0, quantity)) add(taxClass, unit);
      });
    }
  }
  return amounts;
}

interface FeeClass {
  readonly id: string;
  readonly taxClass: string;
  readonly per: 'ticket' | 'order';
}

/** What each tax comes to, by id, and what all of it costs. */
export function exactTaxes(
  quote: Quote,
  selections: readonly Selection[],
  {
    taxes,
    fees,
    policy,
  }: { taxes: readonly TaxRecord[]; fees: readonly FeeClass[]; policy: PricePolicy },
): { readonly amounts: Record<string, number>; readonly total: number } {
  const { halves, taxRounding, pricesInclude } = policy;
  const isGross = pricesInclude === 'tax';
  const amounts: Record<string, number> = {};
  let total = 0n;
  for (const [taxClass, its] of taxedAmounts(quote, selections, fees)) {
    const own = taxes.filter((tax) => tax.taxClass === taxClass);
    const shares: Fraction[] = [];
    let all: Fraction = whole(1);
    for (const { percent, compound } of own) {
      const share = compound ? by(rateOf(percent), all) : rateOf(percent);
      shares.push(share);
      all = plus(all, share);
    }
    const inside = shares.map((share) => over(share, all));
    const each = (amount: number) =>
      (isGross ? inside : shares).map((share) => rounded(by(whole(amount), share), halves));
    const sum = its.reduce((one, amount) => one + BigInt(amount), 0n);
    const singly = its.map(each);
    const taxOf = (at: number): bigint => {
      if (taxRounding === 'line') return singly.reduce((one, taxed) => one + (taxed[at] ?? 0n), 0n);
      if (!isGross) return rounded(by(whole(sum), shares[at] ?? whole(0)), halves);
      if (taxRounding === 'sum_by_net_keep_gross') {
        return rounded(by(whole(sum), inside[at] ?? whole(0)), halves);
      }
      return rounded(by(whole(net), shares[at] ?? whole(0)), halves);
    };
    const net = sum - singly.flat().reduce((one, tax) => one + tax, 0n);
    const taken = own.map((_, at) => taxOf(at));
    const taxed = taken.reduce((one, tax) => one + tax, 0n);
    own.forEach(({ id }, at) => {
      amounts[id] = Number(taken[at]);
    });
    total += isGross ? (taxRounding === 'sum_by_net' ? net + taxed : sum) : sum + taxed;
  }
  return { amounts, total: Number(total) };
}

import { distribute, type Halves, sumOf, times } from '../kernel/index.ts';
import type { PricePolicy } from './policy.ts';
import { sharesOf } from './shares.ts';
import type { TaxShare } from './tax-rates.ts';

/** So many amounts that are each taxed by themselves: the tickets of a line, a fee. */
export interface TaxPosition {
  readonly taxClass: string;
  readonly amounts: readonly { readonly amount: number; readonly count: number }[];
  /** The line that they are of, or what of them is each line's. */
  readonly on: number | readonly number[];
}

/** One tax on an order. */
export interface TakenTax {
  readonly share: TaxShare;
  /** What it was taken on. */
  readonly base: number;
  readonly amount: number;
  readonly parts: readonly number[];
  /** How many amounts there were to take it of. */
  readonly count: number;
}

export interface Taxed {
  readonly taxes: readonly TakenTax[];
  /** What the rounding changed of each line's gross price. */
  readonly changes: readonly number[];
}

type Rounding = Pick<PricePolicy, 'pricesInclude' | 'taxRounding'> & { readonly halves: Halves };

/** An amount as so many tickets are taxed: each on its own share. */
export function singly(amount: number, quantity: number): TaxPosition['amounts'] {
  const { least, dearer } = sharesOf(amount, quantity);
  const rest = { amount: least, count: quantity - dearer };
  return dearer === 0 ? [rest] : [{ amount: least + 1, count: dearer }, rest];
}

/**
 * The taxes on positions, by class. Prices are gross or net as the policy says.
 * - `line`: each amount is taxed and rounded by itself;
 * - `sum_by_net`: net prices are summed and the tax is taken once of the sum, so
 *   that gross prices may change by a minor unit;
 * - `sum_by_net_keep_gross`: where prices are gross, it is taken once of their
 *   sum, and they stay.
 * A tax that is taken once lies on the lines in proportion, by largest remainder.
 */
export function taxOn(
  positions: readonly TaxPosition[],
  sharesOfClass: (taxClass: string) => readonly TaxShare[],
  lines: number,
  rounding: Rounding,
): Taxed {
  const classes = new Map<string, TaxPosition[]>();
  for (const position of positions) {
    const its = classes.get(position.taxClass);
    if (its === undefined) classes.set(position.taxClass, [position]);
    else its.push(position);
  }
  const changes: number[] = new Array<number>(lines).fill(0);
  const taxes: TakenTax[] = [];
  for (const [taxClass, its] of classes) {
    const shares = sharesOfClass(taxClass);
    if (shares.length === 0) continue;
    const taken = taxOnClass(its, shares, lines, rounding);
    taxes.push(...taken.taxes);
    taken.changes.forEach((change, line) => {
      changes[line] = (changes[line] ?? 0) + change;
    });
  }
  return { taxes, changes };
}

function taxOnClass(
  positions: readonly TaxPosition[],
  shares: readonly TaxShare[],
  lines: number,
  { pricesInclude, taxRounding, halves }: Rounding,
): Taxed {
  const isGross = pricesInclude === 'tax';
  const zeros = () => new Array<number>(lines).fill(0);
  const [prices, nets] = [zeros(), zeros()];
  const taxed = shares.map((share) => ({
    rate: isGross ? share.ofGross : share.ofNet,
    parts: zeros(),
  }));
  let count = 0;
  // Loops and no callbacks: this runs for each ticket's price and each fee of a quote.
  for (const { amounts, on } of positions) {
    for (const { amount, count: tickets } of amounts) {
      count += tickets;
      let net = amount;
      let rest = typeof on === 'number' ? nothing : distribute(amount * tickets, on);
      addTo(prices, on, amount * tickets, rest);
      for (const { rate, parts } of taxed) {
        const all = times(amount, rate, halves);
        // Each is rounded by itself; together they are no more than the price that they are in.
        const tax = isGross ? Math.min(net, all) : all;
        const part = typeof on === 'number' ? rest : distribute(tax * tickets, rest);
        addTo(parts, on, tax * tickets, part);
        if (!isGross) continue;
        net -= tax;
        if (typeof on !== 'number') rest = without(rest, part);
      }
      addTo(nets, on, net * tickets, rest);
    }
  }
  const parts = taxed.map((one) => one.parts);
  if (taxRounding === 'line') return { taxes: taken(shares, nets, parts, count), changes: zeros() };
  const keepsGross = isGross && taxRounding === 'sum_by_net_keep_gross';
  const weights = keepsGross ? prices : nets;
  const sum = sumOf(weights, (amount) => amount);
  // One tax lies on what another one inside the same prices has left of them.
  let rest: readonly number[] = weights;
  const summed = shares.map(({ ofGross, ofNet }) => {
    if (!keepsGross) return distribute(times(sum, ofNet, halves), weights);
    const left = sumOf(rest, (amount) => amount);
    const part = distribute(Math.min(left, times(sum, ofGross, halves)), rest);
    rest = without(rest, part);
    return part;
  });
  const grossOf = (line: number) => sumOf(summed, (its) => its[line] ?? 0) + (nets[line] ?? 0);
  if (!isGross) return { taxes: taken(shares, nets, summed, count), changes: zeros() };
  if (keepsGross) return { taxes: taken(shares, rest, summed, count), changes: zeros() };
  return {
    taxes: taken(shares, nets, summed, count),
    changes: prices.map((price, line) => grossOf(line) - price),
  };
}

/** The parts of what lies on one line only. */
const nothing: readonly number[] = [];

/** Adds an amount to its line, or its parts to theirs. */
function addTo(
  sums: number[],
  on: TaxPosition['on'],
  amount: number,
  parts: readonly number[],
): void {
  if (typeof on === 'number') sums[on] = (sums[on] ?? 0) + amount;
  else for (const [line, part] of parts.entries()) sums[line] = (sums[line] ?? 0) + part;
}

function without(amounts: readonly number[], parts: readonly number[]): number[] {
  return amounts.map((amount, line) => amount - (parts[line] ?? 0));
}

/** Each tax with what it was taken on: net prices, and for a compound one the taxes before it. */
function taken(
  shares: readonly TaxShare[],
  nets: readonly number[],
  parts: readonly (readonly number[])[],
  count: number,
): TakenTax[] {
  const net = sumOf(nets, (amount) => amount);
  let before = 0;
  return shares.map((share, at) => {
    const its = parts[at] ?? [];
    const amount = sumOf(its, (part) => part);
    const base = share.tax.compound ? net + before : net;
    before += amount;
    return { share, base, amount, parts: its, count };
  });
}

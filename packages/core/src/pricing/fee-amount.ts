import { distribute, type Halves, MAX_AMOUNT, portion, sumOf } from '../kernel/index.ts';
import type { FeeRecord } from './fee.ts';
import { left, type PricedLine } from './priced-line.ts';
import { sharesOf } from './shares.ts';

/**
 * The fee on each line, taken of prices. Per ticket, it is taken on every single
 * ticket's share of its line; per order, on the sum, and then spread over the
 * lines in proportion. What costs nothing bears no fee, nor does a donation or a
 * resale, and absorbed fees are together never more than the price that they lie
 * in: `absorbed` is what lies in each line already.
 */
export function feeOf(
  fee: FeeRecord,
  lines: readonly PricedLine[],
  halves: Halves,
  absorbed: readonly number[] = [],
): number[] {
  const prices = lines.map((line) => (bears(fee, line) ? left(line) : 0));
  const amounts =
    fee.per === 'ticket'
      ? lines.map((line, at) => feePerTicket(fee, prices[at] ?? 0, line.selection.quantity, halves))
      : feePerOrder(fee, prices, halves);
  return fee.mode === 'absorbed'
    ? amounts.map((amount, at) =>
        Math.min(amount, Math.max(0, (prices[at] ?? 0) - (absorbed[at] ?? 0))),
      )
    : amounts;
}

/** Spreads a fee on the whole order over the lines that bear it. */
export function spreadFee(fee: FeeRecord, amount: number, lines: readonly PricedLine[]): number[] {
  return distribute(
    amount,
    lines.map((line) => (bears(fee, line) ? left(line) : 0)),
  );
}

/** Whether a fee is taken on a line at all. */
export function bears({ ticketTypeIds }: FeeRecord, { selection }: PricedLine): boolean {
  return (
    selection.kind !== 'donation' &&
    selection.rule !== 'resale_price' &&
    (ticketTypeIds?.includes(selection.ticketTypeId) ?? true)
  );
}

/** What a fee comes to. */
export type FeeFigures = Pick<FeeRecord, 'percent' | 'fixed' | 'min' | 'max'>;

/** The fee on so many tickets that cost `price` together, each on its own share. */
export function feePerTicket(
  fee: FeeFigures,
  price: number,
  quantity: number,
  halves: Halves,
): number {
  const { least, dearer } = sharesOf(price, quantity);
  const more = dearer === 0 ? 0 : dearer * feeOn(fee, least + 1, halves);
  return more + (quantity - dearer) * feeOn(fee, least, halves);
}

function feePerOrder(fee: FeeRecord, prices: readonly number[], halves: Halves): number[] {
  const price = sumOf(prices, (one) => one);
  return distribute(feeOn(fee, price, halves), prices);
}

/** The fee on a price, or on a charge, within its bounds. */
export function feeOn(fee: FeeFigures, price: number, halves: Halves): number {
  if (price === 0) return 0;
  const amount = Math.max(fee.min, fee.fixed + portion(price, fee.percent, halves));
  return fee.max === null ? amount : Math.min(fee.max, amount);
}

/** Far more rounds than any fee and tax that are meant need: 30 % of 1.3 times it takes 30. */
const ROUNDS = 1000;

/**
 * The fee that is `percent` of everything charged, itself included, so that the
 * rest is what was to be left: the smallest amount f for which f is the fee on
 * `charged(f)`. Found from below: each round adds what the last one was short
 * of, which `percent` makes smaller each time. A fee that its own tax outgrows
 * comes to more than any order may.
 */
export function grossedUp(
  fee: FeeRecord,
  charged: (fee: number) => number,
  halves: Halves,
): number {
  let amount = 0;
  for (let round = 0; round < ROUNDS && amount <= MAX_AMOUNT; round += 1) {
    const next = feeOn(fee, charged(amount), halves);
    if (next <= amount) return amount;
    amount = next;
  }
  return MAX_AMOUNT + 1;
}

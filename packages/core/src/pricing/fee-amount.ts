import {
  distribute,
  type Halves,
  MAX_AMOUNT,
  type Ratio,
  ratioOf,
  sumOf,
  times,
} from '../kernel/index.ts';
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
  const on = feeOn(fee, halves);
  const amounts =
    fee.per === 'ticket'
      ? lines.map((line, at) => feePerTicket(on, prices[at] ?? 0, line.selection.quantity))
      : feePerOrder(on, prices);
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

/** What a fee comes to on a price, or on a charge. */
export type FeeOn = (price: number) => number;

/** The fee on so many tickets that cost `price` together, each on its own share. */
export function feePerTicket(on: FeeOn, price: number, quantity: number): number {
  const { least, dearer } = sharesOf(price, quantity);
  const more = dearer === 0 ? 0 : dearer * on(least + 1);
  return more + (quantity - dearer) * on(least);
}

function feePerOrder(on: FeeOn, prices: readonly number[]): number[] {
  const price = sumOf(prices, (one) => one);
  return distribute(on(price), prices);
}

/** The fee on a price within its bounds; what costs nothing bears none. */
export function feeOn(
  fee: Pick<FeeRecord, 'percent' | 'fixed' | 'min' | 'max'>,
  halves: Halves,
): FeeOn {
  const rate: Ratio = ratioOf(fee.percent);
  return (price) => {
    if (price === 0) return 0;
    const amount = Math.max(fee.min, fee.fixed + times(price, rate, halves));
    return fee.max === null ? amount : Math.min(fee.max, amount);
  };
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
  const on = feeOn(fee, halves);
  let amount = 0;
  for (let round = 0; round < ROUNDS && amount <= MAX_AMOUNT; round += 1) {
    const next = on(charged(amount));
    if (next <= amount) return amount;
    amount = next;
  }
  return MAX_AMOUNT + 1;
}

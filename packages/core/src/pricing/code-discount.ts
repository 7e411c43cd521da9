import {
  distribute,
  type Halves,
  type Instant,
  portion,
  type Refusal,
  sumOf,
} from '../kernel/index.ts';
import type { CodeRecord, Discount } from './code.ts';
import { left, mayBeDiscounted, type PricedLine } from './priced-line.ts';
import { codeMinimum, codeNotValid } from './refusals.ts';
import { sharesOf, sumOfDearest } from './shares.ts';

/** What a code takes off these lines: of what, and how much of each. */
export interface CodeEffect {
  readonly base: number;
  readonly amounts: readonly number[];
}

/** Whether a code may be used at this moment. */
export function codeIsOpen(code: CodeRecord, now: Instant): boolean {
  return (
    code.state === 'active' &&
    (code.validFrom === null || code.validFrom <= now) &&
    (code.validUntil === null || now < code.validUntil)
  );
}

/**
 * What a code does to a selection: each of its tickets has so much less, never
 * below nothing. Refused like a wrong one when it is for none of the lines.
 */
export function codeEffect(
  code: CodeRecord,
  lines: readonly PricedLine[],
  halves: Halves,
): CodeEffect | Refusal<'code_not_valid' | 'code_minimum'> {
  const { discount, unlocks, reserve, stacking } = code;
  const isFor = ({ selection }: PricedLine) =>
    code.ticketTypeIds?.includes(selection.ticketTypeId) ?? true;
  const meant = lines.filter((line) => mayBeDiscounted(line) && isFor(line));
  const opens = lines.some(
    ({ selection: { ticketTypeId } }) =>
      unlocks?.includes(ticketTypeId) === true || reserve?.ticketTypeId === ticketTypeId,
  );
  if (!opens && (meant.length === 0 || discount === null)) {
    return codeNotValid({ code: code.codeKey });
  }
  const tickets = sumOf(meant, ({ selection }) => selection.quantity);
  const value = sumOf(meant, left);
  if (tickets < code.minTickets || value < code.minValue) {
    const { codeKey, minTickets, minValue } = code;
    return codeMinimum({ code: codeKey, minTickets, minValue, tickets, value });
  }
  if (discount === null) return { base: 0, amounts: lines.map(() => 0) };
  const isOpen = (line: PricedLine) =>
    mayBeDiscounted(line) && isFor(line) && (stacking === 'all' || line.automatic === null);
  return effectOn(discount, lines, countsOf(code, lines, isOpen), halves);
}

/** How many tickets of each line a code is for: all, or the dearest so many; of others none. */
function countsOf(
  { maxTickets }: CodeRecord,
  lines: readonly PricedLine[],
  isOpen: (line: PricedLine) => boolean,
): readonly number[] {
  const counts = lines.map((line) => (isOpen(line) ? line.selection.quantity : 0));
  if (maxTickets === null) return counts;
  const order = lines.map((line, at) => ({ at, price: dearest(line) }));
  let missing = maxTickets;
  for (const { at } of order.sort((a, b) => b.price - a.price)) {
    const count = Math.min(missing, counts[at] ?? 0);
    counts[at] = count;
    missing -= count;
  }
  return counts;
}

/** The price of the dearest ticket of a line. */
function dearest(line: PricedLine): number {
  return sumOfDearest(left(line), line.selection.quantity, 1);
}

function effectOn(
  discount: Discount,
  lines: readonly PricedLine[],
  counts: readonly number[],
  halves: Halves,
): CodeEffect {
  const bases = lines.map((line, at) => {
    const { quantity } = line.selection;
    const count = counts[at] ?? 0;
    if (count === quantity) return left(line);
    return count === 0 ? 0 : sumOfDearest(left(line), quantity, count);
  });
  const base = sumOf(bases, (amount) => amount);
  switch (discount.type) {
    case 'percent': {
      const amount = Math.min(base, portion(base, discount.percent, halves));
      return { base, amounts: distribute(amount, bases) };
    }
    case 'fixed':
      return { base, amounts: distribute(Math.min(base, discount.amount), bases) };
    case 'free':
      return { base, amounts: bases };
    case 'set_price':
      return {
        base,
        amounts: lines.map((line, at) =>
          above(discount.price, left(line), line.selection.quantity, counts[at]),
        ),
      };
    default:
      return discount satisfies never;
  }
}

/** What `count` of so many tickets, the dearest first, cost above a price. */
export function above(price: number, amount: number, quantity: number, count = 0): number {
  if (count === 0) return 0;
  const { least, dearer } = sharesOf(amount, quantity);
  const more = Math.min(dearer, count);
  return more * Math.max(0, least + 1 - price) + (count - more) * Math.max(0, least - price);
}

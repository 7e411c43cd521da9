import { distribute, type Halves, type Instant, portion, sumOf } from '../kernel/index.ts';
import type { DiscountRecord, DiscountRule } from './discount.ts';
import { left, mayBeDiscounted, type PricedLine } from './priced-line.ts';
import { sharesOf } from './shares.ts';

interface Circumstances {
  readonly now: Instant;
  readonly halves: Halves;
  /** What the buyer is, such as `member`. */
  readonly attributes: readonly string[];
}

/** What an automatic discount takes off: of what, and how much of each line. */
export interface Applied {
  readonly base: number;
  readonly amounts: readonly number[];
  /** Lines that it uses up, even those that it takes nothing off. */
  readonly used: readonly boolean[];
}

/**
 * What one automatic discount takes off these lines; undefined: it does not
 * apply. It sees the lines that no other one has used up.
 */
export function automaticDiscount(
  discount: DiscountRecord,
  lines: readonly PricedLine[],
  { now, halves, attributes }: Circumstances,
): Applied | undefined {
  const { rule, ticketTypeIds, validFrom, validUntil } = discount;
  if ((validFrom !== null && now < validFrom) || (validUntil !== null && validUntil <= now)) {
    return undefined;
  }
  if (rule.type === 'attribute' && !attributes.includes(rule.attribute)) return undefined;
  const open = lines.filter(
    (line) =>
      line.automatic === null &&
      mayBeDiscounted(line) &&
      (ticketTypeIds?.includes(line.selection.ticketTypeId) ?? true),
  );
  const taken = takenBy(rule, open, halves);
  if (sumOf(taken, ({ amount }) => amount) === 0) return undefined;
  const by = new Map(open.map((line, at) => [line, taken[at]]));
  return {
    base: sumOf(open, left),
    amounts: lines.map((line) => by.get(line)?.amount ?? 0),
    used: lines.map((line) => by.get(line)?.isUsed ?? false),
  };
}

interface Taken {
  readonly amount: number;
  readonly isUsed: boolean;
}

function takenBy(rule: DiscountRule, lines: readonly PricedLine[], halves: Halves): Taken[] {
  const count = sumOf(lines, ({ selection }) => selection.quantity);
  switch (rule.type) {
    case 'n_for_m':
      return nForM(rule, lines, count);
    case 'group':
      return count < rule.min ? [] : all(offEach(rule.off, lines, halves));
    case 'attribute':
      return all(offEach(rule.off, lines, halves));
    case 'minimum_value': {
      const value = sumOf(lines, left);
      if (value < rule.min) return [];
      const amount =
        rule.off.type === 'percent' ? portion(value, rule.off.percent, halves) : rule.off.amount;
      return all(distribute(Math.min(amount, value), lines.map(left)));
    }
    case 'cheapest_free':
      return count < rule.min ? [] : cheapestFree(rule.free, lines);
    default:
      return rule satisfies never;
  }
}

function all(amounts: readonly number[]): Taken[] {
  return amounts.map((amount) => ({ amount, isUsed: amount > 0 }));
}

/** So much off each ticket; a percentage is taken of the sum and spread. */
function offEach(
  off: Extract<DiscountRule, { type: 'group' }>['off'],
  lines: readonly PricedLine[],
  halves: Halves,
): number[] {
  switch (off.type) {
    case 'percent': {
      const prices = lines.map(left);
      const value = sumOf(lines, left);
      return distribute(Math.min(value, portion(value, off.percent, halves)), prices);
    }
    case 'fixed':
      return lines.map(
        ({ selection }) => Math.min(off.amount, selection.unitPrice) * selection.quantity,
      );
    case 'set_price':
      return lines.map(
        ({ selection }) => Math.max(0, selection.unitPrice - off.price) * selection.quantity,
      );
    default:
      return off satisfies never;
  }
}

/**
 * Tickets in order of their price, dearest first, in groups of n: of each whole
 * group the first m are paid and the others free.
 */
function nForM({ n, m }: { n: number; m: number }, lines: readonly PricedLine[], count: number) {
  const grouped = count - (count % n);
  /** Free ones among the first so many tickets. */
  const freeAmong = (tickets: number) => {
    const { least: groups, dearer: rest } = sharesOf(tickets, n);
    return groups * (n - m) + Math.max(0, rest - m);
  };
  const taken = new Map<PricedLine, Taken>();
  let before = 0;
  for (const line of dearestFirst(lines)) {
    const { quantity, unitPrice } = line.selection;
    const from = Math.min(before, grouped);
    const to = Math.min(before + quantity, grouped);
    taken.set(line, { amount: (freeAmong(to) - freeAmong(from)) * unitPrice, isUsed: to > from });
    before += quantity;
  }
  return lines.map((line) => taken.get(line) ?? { amount: 0, isUsed: false });
}

function cheapestFree(free: number, lines: readonly PricedLine[]): Taken[] {
  const taken = new Map<PricedLine, number>();
  let missing = free;
  for (const line of [...dearestFirst(lines)].reverse()) {
    const count = Math.min(missing, line.selection.quantity);
    taken.set(line, count * line.selection.unitPrice);
    missing -= count;
  }
  // Those that are paid are what the free ones are given for.
  return lines.map((line) => ({ amount: taken.get(line) ?? 0, isUsed: true }));
}

/** Of the same price, the earlier one first. */
function dearestFirst(lines: readonly PricedLine[]): PricedLine[] {
  return [...lines].sort((a, b) => b.selection.unitPrice - a.selection.unitPrice);
}

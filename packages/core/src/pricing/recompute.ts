import { sumOf, toStep } from '../kernel/index.ts';
import { isSoundDiscount } from './audit-discounts.ts';
import { isSoundFee } from './audit-fees.ts';
import { halvesOf, numberOf } from './audit-step.ts';
import { unsoundTaxes } from './audit-taxes.ts';
import type { Quote, QuoteLine, TraceRule, TraceStep } from './quote-schema.ts';
import { changed, changeOf, reaches } from './unit-price.ts';

const PRICES = ['list_price', 'tier_price', 'own_price', 'kept_price', 'resale_price'] as const;
const DISCOUNTS = [
  ...(['n_for_m', 'group', 'minimum_value', 'cheapest_free', 'attribute'] as const),
  ...(['percent_code', 'fixed_code', 'set_price_code', 'free_code', 'access_code'] as const),
  'complimentary' as const,
];

const isPrice = oneOf(PRICES);
const isDiscount = oneOf(DISCOUNTS);
/** Rules whose output is part of the total; the others say what is inside it. */
const isCounted = oneOf([
  ...PRICES,
  ...DISCOUNTS,
  ...(['fee', 'tax_on_top', 'tax_relief', 'tax_rounding', 'cash_rounding'] as const),
]);

function oneOf(rules: readonly TraceRule[]): (step: TraceStep) => boolean {
  const set = new Set(rules);
  return ({ rule }) => set.has(rule);
}

/**
 * What a price comes to by its steps alone, for an auditor: the total, and the
 * steps that do not follow from what went into them, or that the lines
 * contradict. A sound trace has none, and its total is the quote's. What the
 * organizer set (a price, a rate, for whom a rule is) is taken from the trace.
 */
export function recomputeTotal({ trace, lines }: Pick<Quote, 'trace' | 'lines'>): {
  total: number;
  unsound: TraceStep[];
} {
  const sums = { total: 0, prices: 0 };
  const unsound = new Set(unsoundTaxes(trace));
  const left = lines.map(() => 0);
  const lastFee = trace.findLast(({ rule }) => rule === 'fee' || rule === 'absorbed_fee');
  const charge = sumOf(trace, (step) =>
    isCounted(step) && step.rule !== 'cash_rounding' ? step.output : 0,
  );
  const moved: (number | undefined)[] = [];
  const taxInside = sumOf(trace, ({ rule, output }) => (rule === 'tax_inside' ? output : 0));

  for (const step of trace) {
    const { rule, input, output, terms, line } = step;
    const isSound = (): boolean => {
      if (!hasItsParts(step, lines.length)) return false;
      if (isPrice(step)) return isOfLine(step, lines, moved);
      if (isDiscount(step)) return isSoundDiscount(step, { lines, left });
      switch (rule) {
        case 'demand_step':
        case 'time_step':
        case 'price_bound':
          return isSoundMove(step, moved);
        case 'fee':
        case 'absorbed_fee':
          return isSoundFee(step, { lines, left }, { isLast: step === lastFee, charge });
        case 'tax_relief':
          return output === 0 - input && input === taxInside;
        case 'tax_rounding':
          return input === sums.total;
        case 'cash_rounding':
          return (
            input === sums.total &&
            output === toStep(input, numberOf(terms, 'step'), halvesOf(terms)) - input
          );
        case 'total':
          return input === sums.prices && output === sums.total && sumsUp(trace, lines);
        default:
          return true;
      }
    };
    if (!isSound()) unsound.add(step);
    if (isPrice(step)) sums.prices += output;
    if (line !== null && isPrice(step)) left[line] = (left[line] ?? 0) + output;
    if (line !== null && !isPrice(step)) moved[line] = output;
    if (isDiscount(step)) {
      step.parts?.forEach((part, at) => {
        left[at] = (left[at] ?? 0) + part;
      });
    }
    if (isCounted(step)) sums.total += output;
  }
  return { total: sums.total, unsound: trace.filter((step) => unsound.has(step)) };
}

/** Whether its parts lie on the lines and sum to it, and its line is one. */
function hasItsParts({ parts, output, line }: TraceStep, lines: number): boolean {
  if (line !== null && (line < 0 || line >= lines)) return false;
  return parts === undefined || (parts.length === lines && sumOf(parts, (part) => part) === output);
}

/** Whether it is the price of its line, as the steps before moved it. */
function isOfLine(
  { input, output, terms, line }: TraceStep,
  lines: readonly QuoteLine[],
  moved: readonly (number | undefined)[],
): boolean {
  const own = line === null ? undefined : lines[line];
  if (own === undefined || line === null) return false;
  const { unitPrice, quantity, subtotal } = own;
  return (
    (moved[line] ?? input) === input &&
    input === unitPrice &&
    numberOf(terms, 'quantity') === quantity &&
    output === input * quantity &&
    output === subtotal
  );
}

function isSoundMove(
  { rule, input, output, terms, line }: TraceStep,
  moved: readonly (number | undefined)[],
): boolean {
  if (line === null || (moved[line] ?? input) !== input) return false;
  if (rule === 'price_bound') {
    const [floor, ceiling] = [numberOf(terms, 'floor'), numberOf(terms, 'ceiling')];
    return output === Math.min(Math.max(input, floor), ceiling);
  }
  const change = changeOf(terms);
  if (change === undefined || output !== changed(input, change)) return false;
  const { sold, of, soldShare } = terms;
  return rule === 'time_step' || reaches(Number(sold), Number(of), String(soldShare));
}

/** Whether the steps that lie on each line come to what the line says. */
function sumsUp(trace: readonly TraceStep[], lines: readonly QuoteLine[]): boolean {
  const on = (at: number, rules: (step: TraceStep) => boolean) =>
    sumOf(trace, (step) =>
      !rules(step)
        ? 0
        : step.line === null
          ? (step.parts?.[at] ?? 0)
          : step.line === at
            ? step.output
            : 0,
    );
  const isFee = oneOf(['fee']);
  const isTax = oneOf(['tax_inside', 'tax_on_top']);
  const isRelieved = trace.some(({ rule }) => rule === 'tax_relief');
  return lines.every(
    ({ discount, fee, tax, total }, at) =>
      on(at, isDiscount) === 0 - discount &&
      on(at, isFee) === fee &&
      (isRelieved ? 0 : on(at, isTax)) === tax &&
      on(at, isCounted) === total,
  );
}

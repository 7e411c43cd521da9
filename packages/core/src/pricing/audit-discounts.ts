import { portion, sumOf } from '../kernel/index.ts';
import { type Audit, follows, halvesOf, isOfLines, isSpread, numberOf } from './audit-step.ts';
import { above } from './code-discount.ts';
import type { QuoteLine, TraceStep } from './quote-schema.ts';
import { sharesOf } from './shares.ts';

/** Whether a discount or a code takes off what its terms say, of what was left. */
export function isSoundDiscount(step: TraceStep, audit: Audit): boolean {
  const { parts } = step;
  if (parts === undefined) return false;
  const isWithin = parts.every((part, line) => part <= 0 && 0 - part <= (audit.left[line] ?? 0));
  if (!isWithin) return false;
  return isOfKind(step, parts, audit) && reachesMinimum(step, audit);
}

function isOfKind(step: TraceStep, parts: readonly number[], audit: Audit): boolean {
  const { rule, input, output, terms } = step;
  const { lines, left } = audit;
  const amount = 0 - output;
  const percentOf = () => Math.min(input, portion(input, String(terms.percent), halvesOf(terms)));
  const isWhole = terms.maxTickets === undefined;
  const isLaid = !isWhole || (isOfLines(step, audit) && isSpread(step, audit));
  const takes = (of: (line: QuoteLine, at: number) => number) =>
    follows(step, audit, (line, at) => 0 - of(line, at));
  switch (rule) {
    case 'n_for_m':
    case 'cheapest_free': {
      const free = freeUnits(parts, lines);
      return free !== undefined && free <= mostFree(step, audit) && isOfLines(step, audit);
    }
    case 'group':
    case 'attribute': {
      if (terms.off === 'percent') return amount === percentOf() && isLaid;
      const price = numberOf(terms, 'price');
      const off = numberOf(terms, 'amount');
      return takes(({ unitPrice, quantity }) =>
        terms.off === 'fixed'
          ? Math.min(off, unitPrice) * quantity
          : Math.max(0, unitPrice - price) * quantity,
      );
    }
    case 'minimum_value': {
      const off = terms.off === 'percent' ? percentOf() : numberOf(terms, 'amount');
      return input >= numberOf(terms, 'min') && amount === Math.min(input, off) && isLaid;
    }
    case 'percent_code':
      return amount === percentOf() && isLaid;
    case 'fixed_code':
      return amount === Math.min(input, numberOf(terms, 'amount')) && isLaid;
    case 'free_code':
      return amount === input && (!isWhole || takes((_, at) => left[at] ?? 0));
    case 'set_price_code':
      return (
        !isWhole ||
        takes(({ quantity }, at) =>
          above(numberOf(terms, 'price'), left[at] ?? 0, quantity, quantity),
        )
      );
    case 'complimentary':
      return amount === input && takes((_, at) => left[at] ?? 0);
    case 'access_code':
      return output === 0;
    default:
      return false;
  }
}

/** Units that cost nothing by these parts; undefined: a part is no whole number of units. */
function freeUnits(parts: readonly number[], lines: readonly QuoteLine[]): number | undefined {
  let free = 0;
  for (const [at, part] of parts.entries()) {
    const { unitPrice = 0, quantity = 0 } = lines[at] ?? {};
    if (part === 0) continue;
    if (unitPrice === 0) return undefined;
    const { least: units, dearer: rest } = sharesOf(0 - part, unitPrice);
    if (rest !== 0 || units > quantity) return undefined;
    free += units;
  }
  return free;
}

function unitsOf({ lines }: Audit): number {
  return sumOf(lines, ({ quantity }) => quantity);
}

function mostFree({ rule, terms }: TraceStep, audit: Audit): number {
  if (rule === 'cheapest_free') return numberOf(terms, 'free');
  const [n, m] = [numberOf(terms, 'n'), numberOf(terms, 'm')];
  return n === 0 ? 0 : sharesOf(unitsOf(audit), n).least * (n - m);
}

/** Whether as many units were bought as the rule asks for. */
function reachesMinimum({ rule, terms }: TraceStep, audit: Audit): boolean {
  const isCounted = rule === 'group' || rule === 'cheapest_free';
  return !isCounted || unitsOf(audit) >= numberOf(terms, 'min');
}

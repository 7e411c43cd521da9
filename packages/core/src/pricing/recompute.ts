import { portion, sumOf } from '../kernel/index.ts';
import type { Quote, TraceRule, TraceStep } from './quote-schema.ts';

/** Rules whose output is part of the total; the others say what is inside it. */
const COUNTED: ReadonlySet<TraceRule> = new Set<TraceRule>([
  'list_price',
  'tier_price',
  'own_price',
  'kept_price',
  'resale_price',
  'n_for_m',
  'group',
  'minimum_value',
  'cheapest_free',
  'attribute',
  'percent_code',
  'fixed_code',
  'set_price_code',
  'free_code',
  'access_code',
  'fee',
  'tax_on_top',
  'tax_relief',
  'tax_rounding',
  'cash_rounding',
]);

/**
 * What a price comes to by its steps alone, for an auditor: the total, and the
 * steps that do not follow from what went into them. A sound trace has none, and
 * its total is the quote's.
 */
export function recomputeTotal({ trace, lines }: Pick<Quote, 'trace' | 'lines'>): {
  total: number;
  unsound: TraceStep[];
} {
  const total = sumOf(trace, ({ rule, output }) => (COUNTED.has(rule) ? output : 0));
  return { total, unsound: trace.filter((step) => !isSound(step, lines.length, total)) };
}

function isSound(step: TraceStep, lines: number, total: number): boolean {
  const { rule, input, output, terms, parts, line } = step;
  if (parts !== undefined) {
    if (parts.length !== lines || sumOf(parts, (part) => part) !== output) return false;
  }
  if (line !== null && (line < 0 || line >= lines)) return false;
  switch (rule) {
    case 'list_price':
    case 'tier_price':
    case 'own_price':
    case 'kept_price':
    case 'resale_price':
      return output === input * Number(terms.quantity);
    case 'percent_code':
      return 0 - output === Math.min(input, portion(input, String(terms.percent), halvesOf(terms)));
    case 'fixed_code':
      return 0 - output === Math.min(input, Number(terms.amount));
    case 'free_code':
      return 0 - output === input;
    case 'price_bound':
      return output === Math.min(Math.max(input, Number(terms.floor)), Number(terms.ceiling));
    case 'cash_rounding':
      return (input + output) % Number(terms.step) === 0;
    case 'total':
      return output === total;
    default:
      return true;
  }
}

function halvesOf({ halves }: TraceStep['terms']): 'up' | 'even' {
  return halves === 'even' ? 'even' : 'up';
}

import { formatAmount } from '../kernel/index.ts';
import type { Quote, TraceStep } from './quote-schema.ts';

/** How a surface writes an amount of minor units. */
export type FormatAmount = (amount: number, currency: string) => string;

/**
 * The steps of a price as sentences, one a step, in English. `format` writes the
 * amounts as the reader's language does; default: `49.00 EUR`.
 */
export function explainQuote(
  { trace, currency }: Pick<Quote, 'trace' | 'currency'>,
  format: FormatAmount = formatAmount,
): string[] {
  return trace.map((step) => sentenceOf(step, (amount) => format(amount, currency)));
}

function sentenceOf(step: TraceStep, money: (amount: number) => string): string {
  const { rule, input, output, terms } = step;
  const amount = (name: string) => money(Number(terms[name] ?? 0));
  switch (rule) {
    case 'demand_step':
      return `${terms.name}: ${terms.sold} of ${terms.of} are taken, ${terms.soldShare} % or more: ${money(input)} becomes ${money(output)}.`;
    case 'time_step':
      return `${terms.name}: since ${terms.from}: ${money(input)} becomes ${money(output)}.`;
    case 'price_bound':
      return `${terms.name}: between ${amount('floor')} and ${amount('ceiling')}: ${money(input)} becomes ${money(output)}.`;
    case 'tier_price':
      return `${terms.quantity} x ${terms.name} (${terms.tier}) at ${money(input)}: ${money(output)}.`;
    case 'own_price':
      return `${terms.quantity} x ${terms.name} at the buyer’s ${money(input)}: ${money(output)}.`;
    case 'kept_price':
      return `${terms.quantity} x ${terms.name} at the held ${money(input)}: ${money(output)}.`;
    case 'list_price':
    case 'resale_price':
      return `${terms.quantity} x ${terms.name} at ${money(input)}: ${money(output)}.`;
    case 'n_for_m':
      return `${terms.name}: ${terms.n} for ${terms.m}: ${money(output)}.`;
    case 'cheapest_free':
      return `${terms.name}: the cheapest ${terms.free} of ${terms.min} or more: ${money(output)}.`;
    case 'group':
      return `${terms.name}: ${terms.min} or more, ${offOf(terms, amount)} each, of ${money(input)}: ${money(output)}.`;
    case 'attribute':
      return `${terms.name}: ${terms.attribute}, ${offOf(terms, amount)} each, of ${money(input)}: ${money(output)}.`;
    case 'minimum_value':
      return `${terms.name}: from ${amount('min')} on, ${offOf(terms, amount)}, of ${money(input)}: ${money(output)}.`;
    case 'percent_code':
      return `Code ${terms.code}: ${terms.percent} % off ${money(input)} is ${money(0 - output)}.`;
    case 'fixed_code':
      return `Code ${terms.code}: ${amount('amount')} off ${money(input)} is ${money(0 - output)}.`;
    case 'set_price_code':
      return `Code ${terms.code}: ${amount('price')} each instead of ${money(input)} is ${money(0 - output)} off.`;
    case 'free_code':
      return `Code ${terms.code}: ${money(0 - output)} off, nothing is left to pay.`;
    case 'access_code':
      return `Code ${terms.code} unlocks tickets.`;
    case 'complimentary':
      return `Complimentary (${terms.reason}): ${money(output)}.`;
    case 'fee':
    case 'absorbed_fee':
      return feeSentence(step, money);
    case 'tax_on_top':
      return `${terms.name} (${terms.percent} %) on ${money(input)}: ${money(output)}.`;
    case 'tax_inside':
      return `${terms.name} (${terms.percent} %) on ${money(input)}, inside the price: ${money(output)}.`;
    case 'tax_relief':
      return `No tax, ${terms.reason === 'exempt' ? 'exempt' : 'reverse charge'} (${terms.note}): ${money(output)}.`;
    case 'tax_rounding':
      return `Tax taken once of the sum: ${money(input)} changes by ${money(output)}.`;
    case 'cash_rounding':
      return `Rounded to ${amount('step')}: ${money(input)} changes by ${money(output)}.`;
    case 'total':
      return `Total ${money(output)}.`;
    default:
      return rule satisfies never;
  }
}

function offOf(terms: TraceStep['terms'], amount: (name: string) => string): string {
  if (terms.off === 'percent') return `${terms.percent} % off`;
  return terms.off === 'set_price' ? amount('price') : `${amount('amount')} off`;
}

/** `Service fee (5 % + 0.50 EUR per ticket, on top): 5.42 EUR.` */
function feeSentence(
  { rule, output, terms }: TraceStep,
  money: (amount: number) => string,
): string {
  const bearer = rule === 'fee' ? 'on top' : 'inside the price';
  if (terms.percent === undefined) return `${terms.name} (${bearer}): ${money(output)}.`;
  const of = terms.basis === 'charge' ? ' of the charge' : '';
  const bounds = [
    ...(terms.min === undefined ? [] : [`at least ${money(Number(terms.min))}`]),
    ...(terms.max === undefined ? [] : [`at most ${money(Number(terms.max))}`]),
  ];
  const rate = [
    `${terms.percent} %${of} + ${money(Number(terms.fixed))} per ${terms.per}`,
    ...bounds,
    bearer,
  ];
  return `${terms.name} (${rate.join(', ')}): ${money(output)}.`;
}

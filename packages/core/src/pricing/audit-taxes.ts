import { type Ratio, sumOf, times } from '../kernel/index.ts';
import { halvesOf, numberOf } from './audit-step.ts';
import type { TraceStep } from './quote-schema.ts';
import { fractionsOf } from './tax-rates.ts';

/**
 * The steps of taxes that do not come to what their rates say. Those of a class
 * share a net price, which is what the first one was taken on. Where tax is taken
 * once of a sum, it is worked out again exactly; where it is rounded amount by
 * amount, it is no further off the exact tax than so many roundings may be.
 */
export function unsoundTaxes(trace: readonly TraceStep[]): TraceStep[] {
  const classes = new Map<string, TraceStep[]>();
  for (const step of trace) {
    if (step.rule !== 'tax_inside' && step.rule !== 'tax_on_top') continue;
    const taxClass = String(step.terms.taxClass ?? 'standard');
    const its = classes.get(taxClass);
    if (its === undefined) classes.set(taxClass, [step]);
    else its.push(step);
  }
  return [...classes.values()].flatMap(unsoundOfClass);
}

function unsoundOfClass(steps: readonly TraceStep[]): TraceStep[] {
  const fractions = fractionsOf(
    steps.map(({ terms }) => ({
      percent: String(terms.percent),
      compound: terms.compound === true,
    })),
  );
  const net = steps[0]?.input ?? 0;
  const gross = net + sumOf(steps, ({ output }) => output);
  let before = 0;
  return steps.filter((step, at) => {
    const { rule, input, output, terms } = step;
    const share = fractions[at];
    const base = terms.compound === true ? net + before : net;
    const rest = gross - before;
    before += output;
    if (share === undefined || input !== base || output < 0) return true;
    if (terms.rounding === 'line') {
      const isInside = rule === 'tax_inside';
      const [of, exact] = isInside ? [gross, share.ofGross] : [net, share.ofNet];
      return !isNear(output, of, exact, numberOf(terms, 'amounts') * steps.length);
    }
    const isOfGross = rule === 'tax_inside' && terms.rounding === 'sum_by_net_keep_gross';
    const tax = times(
      isOfGross ? gross : net,
      isOfGross ? share.ofGross : share.ofNet,
      halvesOf(terms),
    );
    return output !== (isOfGross ? Math.min(rest, tax) : tax);
  });
}

/** Whether an amount is off its exact share by no more than so many halves of a unit. */
function isNear(amount: number, of: number, { numerator, denominator }: Ratio, halves: number) {
  const off = 2n * (BigInt(amount) * denominator - BigInt(of) * numerator);
  const most = BigInt(halves) * denominator;
  return off <= most && -off <= most;
}

import { type Audit, follows, halvesOf, isOfLines, isSpread, numberOf } from './audit-step.ts';
import { feeOn, feePerTicket } from './fee-amount.ts';
import type { QuoteLine, TraceStep } from './quote-schema.ts';

/**
 * Whether a fee comes to what its terms say. An absorbed one may be less, where
 * the price is. A fee on the charge that is the last one is of all that is paid:
 * `charge` is that.
 */
export function isSoundFee(
  step: TraceStep,
  audit: Audit,
  { isLast, charge }: { isLast: boolean; charge: number },
): boolean {
  const { rule, input, output, terms, parts } = step;
  if (parts === undefined || parts.some((part) => part < 0)) return false;
  // The fee of a resale is what the policy of the listing says: not of the trace.
  if (terms.percent === undefined) return true;
  const on = feeOn(
    {
      percent: String(terms.percent),
      fixed: numberOf(terms, 'fixed'),
      min: numberOf(terms, 'min'),
      max: terms.max === undefined ? null : numberOf(terms, 'max'),
    },
    halvesOf(terms),
  );
  const isAbsorbed = rule === 'absorbed_fee';
  const isFee = (amount: number, fee: number) => (isAbsorbed ? amount <= fee : amount === fee);
  if (terms.basis === 'charge') {
    return output === on(input) && (!isLast || input === charge || input === 0);
  }
  const perTicket = (line: QuoteLine, at: number) =>
    feePerTicket(on, audit.left[at] ?? 0, line.quantity);
  if (terms.per === 'ticket' && !isAbsorbed) return follows(step, audit, perTicket);
  if (!isOfLines(step, audit)) return false;
  if (terms.per === 'order') {
    return isFee(output, on(input)) && (isAbsorbed || isSpread(step, audit));
  }
  return audit.lines.every((line, at) => isFee(parts[at] ?? 0, perTicket(line, at)));
}

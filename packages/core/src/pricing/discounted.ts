import { isRefusal, sumOf } from '../kernel/index.ts';
import { automaticDiscount } from './automatic.ts';
import { type CodeRecord, codeKey } from './code.ts';
import { codeEffect, codeIsOpen } from './code-discount.ts';
import { asNamed, type PricedLine, takenOff } from './priced-line.ts';
import type { QuoteCatalogue, QuoteRefusal, QuoteRequest } from './quote-catalogue.ts';
import type { Quote, TraceStep } from './quote-schema.ts';
import { codeNotValid, codesNotCombinable } from './refusals.ts';
import { codeStep, discountStep } from './trace.ts';

/** Lines after the automatic discounts, each tried in turn; its steps are added to the trace. */
export function afterAutomatic(
  { discounts, policy: { halves } }: QuoteCatalogue,
  { buyer: { attributes }, now }: QuoteRequest,
  before: readonly PricedLine[],
  trace: TraceStep[],
): { lines: readonly PricedLine[]; discounts: Quote['discounts'] } {
  let lines = before;
  const applied: Quote['discounts'] = [];
  for (const discount of discounts) {
    const effect = automaticDiscount(discount, lines, { now, halves, attributes });
    if (effect === undefined) continue;
    const { base, amounts, used } = effect;
    trace.push(discountStep(discount, base, asNamed(lines, amounts), halves));
    lines = takenOff(lines, amounts).map((line, at) =>
      used[at] ? { ...line, automatic: discount.id } : line,
    );
    const amount = sumOf(amounts, (one) => one);
    applied.push({ discountId: discount.id, name: discount.name, amount });
  }
  return { lines, discounts: applied };
}

/** Lines after the codes that were named, in that order; their steps are added to the trace. */
export function afterCodes(
  catalogue: QuoteCatalogue,
  { codes: named, now }: QuoteRequest,
  before: readonly PricedLine[],
  trace: TraceStep[],
): { lines: readonly PricedLine[]; codes: Quote['codes'] } | QuoteRefusal {
  const keys = [...new Set(named.map(codeKey))];
  const found: CodeRecord[] = [];
  for (const key of keys) {
    const code = catalogue.codes.get(key);
    if (code === undefined || !codeIsOpen(code, now)) return codeNotValid({ code: key });
    found.push(code);
  }
  const loner = found.find(({ stacking }) => stacking === 'alone');
  if (loner !== undefined && found.length > 1) {
    const codes = keys.filter((key) => key !== loner.codeKey);
    return codesNotCombinable({ code: loner.codeKey, codes });
  }
  let lines = before;
  const applied: Quote['codes'] = [];
  for (const code of found) {
    const effect = codeEffect(code, lines, catalogue.policy.halves);
    if (isRefusal(effect)) return effect;
    const { base, amounts } = effect;
    trace.push(codeStep(code, base, asNamed(lines, amounts), catalogue.policy.halves));
    lines = takenOff(lines, amounts);
    applied.push({
      codeId: code.id,
      code: code.code,
      amount: sumOf(amounts, (one) => one),
      ...(code.reserve === null ? {} : { reserves: code.reserve.ticketTypeId }),
    });
  }
  return { lines, codes: applied };
}

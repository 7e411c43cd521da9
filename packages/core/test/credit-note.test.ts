import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Credit, creditNoteOf } from '../src/invoices/credit.ts';
import { amountOf, fitted, unitsOf, wholeOf } from '../src/invoices/credit-parts.ts';
import type { InvoiceRecord } from '../src/invoices/invoice.ts';
import { leftOf } from '../src/invoices/left.ts';
import { isRefusal } from '../src/kernel/index.ts';
import { refundKeepingPrices } from '../src/pricing/index.ts';
import { contentOf, invoiceOf, noteOf, orderOf } from './support/invoices.ts';
import { anything, priceOf } from './support/random-prices.ts';

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

function sound(invoice: InvoiceRecord, notes: readonly InvoiceRecord[]): void {
  for (const { total, content } of notes) {
    expect(total).toBeGreaterThan(0);
    expect(sum(content.lines.map(({ gross }) => gross)) + content.rounding).toBe(total);
    expect(content.net + content.tax + content.rounding).toBe(total);
    expect(sum(content.lines.map(({ tax }) => tax))).toBe(content.tax);
    expect(sum(content.taxes.map(({ amount }) => amount))).toBe(content.tax);
    for (const line of content.lines) expect(line.net + line.tax).toBe(line.gross);
    if (total > content.rounding) expect(content.lines.length).toBeGreaterThan(0);
    expect(Math.abs(content.rounding)).toBeLessThanOrEqual(100);
  }
  const left = leftOf(invoice, notes);
  expect(left.total).toBeGreaterThanOrEqual(0);
  for (const { quantity, gross } of left.lines) {
    expect(quantity).toBeGreaterThanOrEqual(0);
    expect(gross).toBeGreaterThanOrEqual(0);
  }
  for (const { amount } of left.taxes) expect(amount).toBeGreaterThanOrEqual(0);
}

const steps = fc.array(
  fc.oneof(
    fc.record({
      by: fc.constant('units' as const),
      units: fc.array(fc.nat(6), { minLength: 24, maxLength: 24 }),
    }),
    fc.record({ by: fc.constant('amount' as const), share: fc.integer({ min: 1, max: 60 }) }),
  ),
  { maxLength: 5 },
);
type Step = typeof steps extends fc.Arbitrary<(infer One)[]> ? One : never;

function creditOf(invoice: InvoiceRecord, notes: readonly InvoiceRecord[], step: Step): Credit {
  const left = leftOf(invoice, notes);
  if (step.by === 'amount') {
    return amountOf(left, Math.max(1, Math.trunc((left.total * step.share) / 100)));
  }
  const units = left.lines
    .map(({ line, quantity }, at) => ({ line, quantity: Math.min(quantity, step.units[at] ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
  const credit = unitsOf(invoice.id, left, units);
  if (isRefusal(credit)) throw new Error(credit.message);
  return credit;
}

/** Issues credit notes of an invoice, each of which has to be sound. */
function creditingOf(invoice: InvoiceRecord) {
  const notes: InvoiceRecord[] = [];
  const issue = (credit: Credit) => {
    if (credit.amount === 0) return;
    const content = creditNoteOf(invoice, credit, notes);
    if (isRefusal(content)) throw new Error(content.message);
    notes.push(noteOf(invoice, content));
    sound(invoice, notes);
  };
  const byHand = (drawnSteps: readonly Step[]) => {
    for (const step of drawnSteps) {
      if (leftOf(invoice, notes).total > 0) issue(creditOf(invoice, notes, step));
    }
  };
  return { notes, issue, byHand };
}

describe('credit notes of any invoice', () => {
  it('in any steps, units and amounts mixed, credit exactly what was invoiced, and each tax', () => {
    fc.assert(
      fc.property(anything, steps, (drawn, drawnSteps) => {
        const quote = priceOf(drawn);
        fc.pre(quote.total > 0);
        const invoice = invoiceOf(contentOf(orderOf(quote)));
        const { notes, issue, byHand } = creditingOf(invoice);
        byHand(drawnSteps);
        issue(wholeOf(leftOf(invoice, notes)));
        expect(sum(notes.map(({ total }) => total))).toBe(invoice.total);
        expect(sum(notes.map(({ content }) => content.tax))).toBe(invoice.content.tax);
        for (const tax of invoice.content.taxes) {
          const credited = notes.flatMap(({ content }) =>
            content.taxes.filter(({ taxId }) => taxId === tax.taxId),
          );
          expect(sum(credited.map(({ amount }) => amount))).toBe(tax.amount);
          expect(sum(credited.map(({ base }) => base))).toBe(tax.base);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('of refunds, whose amounts are given, never credit more than was invoiced', () => {
    fc.assert(
      fc.property(
        anything,
        fc.boolean(),
        fc.array(fc.array(fc.nat(4), { minLength: 24, maxLength: 24 }), { maxLength: 4 }),
        (drawn, feesKept, asked) => {
          const quote = priceOf(drawn);
          fc.pre(quote.total > 0);
          const invoice = invoiceOf(contentOf(orderOf(quote)));
          const notes: InvoiceRecord[] = [];
          let before = quote.lines.map(() => 0);
          let refunded = 0;
          for (const units of asked) {
            const returned = quote.lines.map(({ quantity }, at) =>
              Math.min(units[at] ?? 0, quantity - (before[at] ?? 0)),
            );
            const refund = refundKeepingPrices({ quote, returned, before, refunded, feesKept });
            before = before.map((were, at) => were + (returned[at] ?? 0));
            refunded += refund.amount;
            if (refund.amount === 0) continue;
            // More tax than there is, as a refund that rounds otherwise might say.
            const taxes = invoice.content.taxes.map(({ taxId, amount }) => ({ taxId, amount }));
            const credit = fitted(leftOf(invoice, notes), { ...refund, taxes });
            const content = creditNoteOf(invoice, credit, notes);
            if (isRefusal(content)) throw new Error(content.message);
            expect(content.total).toBe(refund.amount);
            notes.push(noteOf(invoice, content));
            sound(invoice, notes);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('of refunds after credits by hand add up, and credit no line below nothing', () => {
    fc.assert(
      fc.property(
        anything,
        steps,
        fc.array(
          fc.record({
            units: fc.array(fc.nat(4), { minLength: 24, maxLength: 24 }),
            percent: fc.integer({ min: 0, max: 100 }),
            hand: steps,
          }),
          { maxLength: 4 },
        ),
        (drawn, drawnSteps, refunds) => {
          const quote = priceOf(drawn);
          fc.pre(quote.total > 0);
          const invoice = invoiceOf(contentOf(orderOf(quote)));
          const { notes, issue, byHand } = creditingOf(invoice);
          byHand(drawnSteps);
          let before = quote.lines.map(() => 0);
          let refunded = 0;
          for (const { units, percent, hand } of refunds) {
            const returned = quote.lines.map(({ quantity }, at) =>
              Math.min(units[at] ?? 0, quantity - (before[at] ?? 0)),
            );
            const refund = refundKeepingPrices({
              quote,
              returned,
              before,
              refunded,
              feesKept: percent % 2 === 0,
            });
            before = before.map((were, at) => were + (returned[at] ?? 0));
            refunded += refund.amount;
            const lines = refund.lines.map((line) => ({
              ...line,
              amount: Math.trunc((line.amount * percent) / 100),
            }));
            const amount = sum(lines.map((line) => line.amount));
            // An amount alone has no lines, as goodwill has none.
            const named = percent % 7 === 0 ? [] : lines;
            const taxes = invoice.content.taxes.map((tax) => ({
              taxId: tax.taxId,
              amount: Math.trunc((tax.amount * amount) / quote.total),
            }));
            issue(fitted(leftOf(invoice, notes), { lines: named, taxes, amount }));
            byHand(hand);
          }
          issue(wholeOf(leftOf(invoice, notes)));
          expect(sum(notes.map(({ total }) => total))).toBe(invoice.total);
          expect(sum(notes.map(({ content }) => content.tax))).toBe(invoice.content.tax);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('refuses more than is left, of the whole and of a line', () => {
    const [drawn] = fc.sample(
      anything.filter((one) => priceOf(one).total > 100),
      { numRuns: 1, seed: 7 },
    );
    if (drawn === undefined) throw new Error('Nothing was drawn.');
    const invoice = invoiceOf(contentOf(orderOf(priceOf(drawn))));
    const { total, content } = invoice;
    const over = creditNoteOf(invoice, { lines: [], taxes: [], amount: total + 1 });
    expect(over).toMatchObject({ code: 'credit_above_invoice', details: { left: total } });
    const quantity = (content.lines[0]?.quantity ?? 0) + 1;
    const units = { lines: [{ line: 0, quantity, amount: 1 }], taxes: [], amount: 1 };
    expect(creditNoteOf(invoice, units)).toMatchObject({ details: { line: 0 } });
    const whole = creditNoteOf(invoice, wholeOf(leftOf(invoice, [])));
    if (isRefusal(whole)) throw new Error(whole.message);
    const again = creditNoteOf(invoice, { lines: [], taxes: [], amount: 1 }, [
      noteOf(invoice, whole),
    ]);
    expect(again).toMatchObject({ code: 'credit_above_invoice', details: { left: 0 } });
  });
});

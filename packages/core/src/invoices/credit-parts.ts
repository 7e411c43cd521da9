import { distribute, type Refusal, ratio, sumOf, times } from '../kernel/index.ts';
import { sharePerTicket } from '../pricing/index.ts';
import type { Credit, CreditLine } from './credit.ts';
import type { Left } from './left.ts';
import { creditAboveInvoice } from './refusals.ts';

/** All that is left of an invoice. */
export function wholeOf({ lines, taxes, total }: Left): Credit {
  return {
    lines: lines
      .filter(({ quantity, gross }) => quantity > 0 || gross > 0)
      .map(({ line, quantity, gross, taxes: own }) => ({
        line,
        quantity,
        amount: gross,
        taxes: own,
      })),
    taxes,
    amount: total,
  };
}

/**
 * Units of lines: of each line the shares of its units, the dearer ones first,
 * so that units that are credited in any steps come to what they were invoiced
 * with. With the last unit goes what coins rounded.
 */
export function unitsOf(
  invoiceId: string,
  left: Left,
  units: readonly { readonly line: number; readonly quantity: number }[],
): Credit | Refusal<'credit_above_invoice'> {
  const lines: CreditLine[] = [];
  for (const { line: at, quantity } of units) {
    const line = left.lines.find((one) => one.line === at);
    if (line === undefined || quantity > line.quantity) {
      return creditAboveInvoice({ invoiceId, line: at, left: line?.quantity ?? 0 });
    }
    const share = (amount: number) =>
      sumOf(sharePerTicket(amount, line.quantity).slice(0, quantity), (one) => one);
    const taxes = line.taxes.map(({ taxId, amount }) => ({ taxId, amount: share(amount) }));
    lines.push({ line: at, quantity, amount: share(line.gross), taxes });
  }
  const goes = (at: number) => sumOf(lines, ({ line, quantity }) => (line === at ? quantity : 0));
  const isRest = left.lines.every(({ line, quantity }) => goes(line) === quantity);
  if (isRest) return wholeOf(left);
  return {
    lines,
    taxes: left.taxes.map(({ taxId }) => ({
      taxId,
      amount: sumOf(lines, ({ taxes = [] }) =>
        sumOf(taxes, (own) => (own.taxId === taxId ? own.amount : 0)),
      ),
    })),
    amount: Math.min(
      left.total,
      sumOf(lines, ({ amount }) => amount),
    ),
  };
}

/** An amount and no tickets: on the lines, and of the taxes, in proportion to what is left. */
export function amountOf(left: Left, amount: number): Credit {
  if (amount >= left.total) return { ...wholeOf(left), amount };
  const share = ratio(BigInt(amount), BigInt(left.total));
  const weights = left.lines.map(({ gross }) => Math.max(0, gross));
  const amounts = distribute(amount, weights);
  return {
    lines: left.lines
      .map(({ line }, at) => ({ line, quantity: 0, amount: amounts[at] ?? 0 }))
      .filter((line) => line.amount > 0),
    taxes: left.taxes.map(({ taxId, amount: whole }) => ({ taxId, amount: times(whole, share) })),
    amount,
  };
}

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
  // Of a line whose units went back for less than they cost, money is left and nobody named it.
  const isRest = left.lines.every(
    ({ line, quantity, gross }) => goes(line) === quantity && (quantity > 0 || gross === 0),
  );
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
  return {
    lines: spread(
      left.lines.map((line) => ({ ...line, quantity: 0 })),
      amount,
    ).filter(isCredited),
    taxes: left.taxes.map(({ taxId, amount: whole }) => ({ taxId, amount: times(whole, share) })),
    amount,
  };
}

/**
 * A refund as it fits what is left: on the lines that it names as far as these have it, the
 * rest on the others. What was credited by hand before leaves less than its amount.
 */
export function fitted(left: Left, { lines, taxes, amount: asked }: Credit): Credit {
  const amount = Math.min(asked, left.total);
  const creditOf = (at: number) => lines.find(({ line }) => line === at);
  const named = left.lines.flatMap((line) => {
    const credited = creditOf(line.line);
    if (credited === undefined) return [];
    return [{ ...line, credited, quantity: Math.min(credited.quantity, line.quantity) }];
  });
  if (named.length === 0) return { ...amountOf(left, amount), taxes };
  const fits = named.every(
    ({ credited, quantity, gross }) =>
      credited.quantity === quantity && credited.amount <= Math.max(0, gross),
  );
  if (fits && amount === asked) return { lines, taxes, amount };
  const own = spread(named, amount);
  const others = left.lines
    .filter(({ line }) => creditOf(line) === undefined)
    .map((line) => ({ ...line, quantity: 0 }));
  const rest = spread(others, amount - sumOf(own, (line) => line.amount));
  return {
    lines: [...own, ...rest].filter(isCredited),
    taxes,
    amount,
  };
}

function isCredited({ quantity, amount }: CreditLine): boolean {
  return quantity > 0 || amount > 0;
}

/** An amount on lines, on each in proportion to what is left of it, and no more than that. */
function spread(
  lines: readonly { readonly line: number; readonly quantity: number; readonly gross: number }[],
  amount: number,
): CreditLine[] {
  const weights = lines.map(({ gross }) => Math.max(0, gross));
  const room = sumOf(weights, (weight) => weight);
  const amounts = distribute(Math.min(amount, room), weights);
  return lines.map(({ line, quantity }, at) => ({ line, quantity, amount: amounts[at] ?? 0 }));
}

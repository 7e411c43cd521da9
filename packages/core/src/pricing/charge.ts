import { sumOf } from '../kernel/index.ts';
import type { KnownBuyer } from './buyer.ts';
import { bears, feeOf, grossedUp, spreadFee } from './fee-amount.ts';
import { absorbedOf, type LaidFee, passedOn } from './laid-fee.ts';
import type { PricePolicy } from './policy.ts';
import { left, type PricedLine, sumLeft } from './priced-line.ts';
import type { QuoteCatalogue, QuoteRequest } from './quote-catalogue.ts';
import { reliefOf, type Taxer } from './taxing.ts';

/** The event's fees on these lines; those of the whole charge are worked out with its taxes. */
export function feesOf(
  { fees, policy }: QuoteCatalogue,
  { buyer }: QuoteRequest,
  lines: readonly PricedLine[],
  taxing: Taxer,
): LaidFee[] {
  const { halves } = policy;
  const laid: LaidFee[] = [];
  for (const fee of fees) {
    const price = sumOf(lines, (line) => (bears(fee, line) ? left(line) : 0));
    if (fee.basis === 'price') {
      laid.push({ fee, base: price, amounts: feeOf(fee, lines, halves, absorbedOf(laid, lines)) });
      continue;
    }
    const charged = (amount: number) =>
      chargedWith([...laid, { fee, base: 0, amounts: spreadFee(fee, amount, lines) }], lines, {
        taxing,
        policy,
        buyer,
      });
    const amount = price === 0 ? 0 : grossedUp(fee, charged, halves);
    const base = price === 0 ? 0 : charged(amount);
    laid.push({ fee, base, amounts: spreadFee(fee, amount, lines) });
  }
  return laid;
}

/** Everything that the buyer is charged with these fees, before coins round it. */
function chargedWith(
  fees: readonly LaidFee[],
  lines: readonly PricedLine[],
  { taxing, policy, buyer }: { taxing: Taxer; policy: PricePolicy; buyer: KnownBuyer },
): number {
  const taxed = taxing(fees);
  const tax = sumOf(taxed.taxes, ({ amount }) => amount);
  const isRelieved = reliefOf(policy, buyer, taxed) !== undefined;
  const isOnTop = policy.pricesInclude === 'no_tax';
  const added = isRelieved === isOnTop ? 0 : isOnTop ? tax : 0 - tax;
  return sumLeft(lines) + passedOn(fees) + added + sumOf(taxed.changes, (change) => change);
}

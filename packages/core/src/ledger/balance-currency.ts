import type { ReadContext, Refusal } from '../kernel/index.ts';
import { currencyNeeded } from './refusals.ts';
import type { EntryFilter } from './store.ts';

/**
 * The currency that is meant where none is named: the only one in which there are
 * entries. Null: there are none.
 */
export async function currencyOf(
  { tx }: Pick<ReadContext, 'tx'>,
  { currency, ...filter }: EntryFilter,
): Promise<string | null | Refusal<'currency_needed'>> {
  if (currency !== undefined) return currency;
  const currencies = await tx.ledger.currencies(filter);
  if (currencies.length > 1) return currencyNeeded({ currencies: [...currencies] });
  return currencies[0] ?? null;
}

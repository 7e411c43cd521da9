import * as z from 'zod';
import type { ReadContext, Refusal } from '../kernel/index.ts';
import { isRefusal } from '../kernel/index.ts';
import { type KnownBuyer, knownBuyer, PriceBuyer, unknownBuyer } from '../pricing/index.ts';

export const Codes = z.array(z.string().trim().min(1).max(64)).max(10);

export const Cash = z.boolean().meta({
  description: 'Whether it is paid in coins, where the smallest one may round the total.',
});

/** Who buys: for limits, and for what the price depends on. */
export const SelectionBuyer = PriceBuyer.extend({
  email: z.email().max(254).optional().meta({
    description:
      'Who buys, for limits per buyer. Left out, a guest is checked when they place the order; a signed-in user is known.',
  }),
});
type SelectionBuyer = z.output<typeof SelectionBuyer>;

/** What of a buyer a price depends on, once what they say is checked; null: nothing does. */
export async function askedOf(
  context: Pick<ReadContext, 'tx' | 'actor'>,
  organizerId: string,
  { buyer, cash = false }: { buyer?: SelectionBuyer | undefined; cash?: boolean | undefined },
): Promise<
  | { readonly buyer: KnownBuyer; readonly isCash: boolean }
  | null
  | Refusal<'buyer_not_vouched' | 'tax_id_not_valid'>
> {
  const known = await knownBuyer(context, organizerId, buyer);
  if (isRefusal(known)) return known;
  return known === unknownBuyer && !cash ? null : { buyer: known, isCash: cash };
}

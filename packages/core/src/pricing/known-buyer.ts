import type { ReadContext, Refusal } from '../kernel/index.ts';
import { mayAt } from '../organizers/index.ts';
import { type KnownBuyer, type PriceBuyer, unknownBuyer } from './buyer.ts';
import { buyerNotVouched, taxIdNotValid } from './refusals.ts';
import { taxIdOf } from './tax-id.ts';

/**
 * The buyer as a price sees them. What the host says of its own user counts;
 * what a request says of attributes or an exemption counts from who may sell. A
 * tax id has to be one by its form and check digits; whether it is given to
 * anybody is not asked of a register.
 */
export async function knownBuyer(
  context: Pick<ReadContext, 'tx' | 'actor'>,
  organizerId: string,
  buyer: PriceBuyer = {},
): Promise<KnownBuyer | Refusal<'buyer_not_vouched' | 'tax_id_not_valid'>> {
  const { actor } = context;
  const own = actor.type === 'user' ? (actor.attributes ?? []) : [];
  const { place, taxId, attributes, exemption } = buyer;
  if (own.length === 0 && !place && !taxId && !attributes && !exemption) return unknownBuyer;
  const vouched = [
    ...(attributes === undefined ? [] : ['attributes']),
    ...(exemption === undefined ? [] : ['exemption']),
  ];
  if (vouched.length > 0 && !(await mayAt(context, actor, organizerId, 'sell'))) {
    return buyerNotVouched({ fields: vouched });
  }
  const checked = taxId === undefined ? null : await taxIdOf(taxId);
  if (taxId !== undefined && checked === undefined) return taxIdNotValid({ taxId });
  return {
    place: place ?? null,
    taxId: checked ?? null,
    attributes: [...own, ...(attributes ?? [])],
    exemption: exemption ?? null,
  };
}

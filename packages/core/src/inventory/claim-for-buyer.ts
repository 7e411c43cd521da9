import type { Refusal, WriteContext } from '../kernel/index.ts';
import { buyerKeyOf } from './buyer.ts';
import { claimInOrder, claimsFor } from './claiming.ts';
import type { HoldRecord } from './hold.ts';
import { buyerTargets } from './limits.ts';
import { sumUnits } from './room.ts';
import { shortageRefusal } from './target.ts';

/**
 * Claims the limits of the buyer whom a guest names when they place the order,
 * unless the hold has claimed them for the same buyer already. Returns how many
 * claims it made, which expire with the hold's others. Refuses before it writes
 * any of them. The caller holds the hold's lock.
 */
export async function claimForBuyer(
  context: WriteContext,
  hold: HoldRecord,
  email: string,
): Promise<
  { buyerKey: string | null; made: number } | Refusal<'limit_exceeded' | 'code_not_valid'>
> {
  const { tx, secrets } = context;
  if (hold.userId !== null) return { buyerKey: hold.buyerKey, made: 0 };
  const buyerKey = buyerKeyOf(secrets, hold.eventId, { userId: null, email });
  if (buyerKey === null || buyerKey === hold.buyerKey || hold.limits.length === 0) {
    return { buyerKey, made: 0 };
  }
  const targets = buyerTargets(hold, hold.limits, buyerKey);
  const [shortage] = await claimInOrder(context, hold.eventId, [{ targets }]);
  if (shortage !== undefined) return shortageRefusal(targets, shortage);
  const claims = claimsFor(context, hold, targets);
  await tx.inventory.claims.insert(claims);
  await tx.inventory.addUnits(hold.eventId, sumUnits(claims));
  return { buyerKey, made: claims.length };
}

import { isOwner, normalizeEmail, type Owned, owner } from '../inventory/index.ts';
import type { ReadContext } from '../kernel/index.ts';
import { mayAt, members, type Permission } from '../organizers/index.ts';
import type { ListingRecord } from './listing.ts';

interface ListingInput {
  listingId: string;
}

/** The seller of the listing that an input names. */
export const sellerOfListing = {
  ...owner(async ({ tx }: ReadContext, { listingId }: ListingInput) => {
    const listing = await tx.resale.listings.find(listingId);
    return listing && sellerOf(listing);
  }),
  who: 'the seller',
};

export function membersOfListing(permission: Permission) {
  return members(
    permission,
    async ({ tx }: ReadContext, { listingId }: ListingInput) =>
      (await tx.resale.listings.find(listingId))?.organizerId,
  );
}

/** Whether the actor sees what only the seller and the organizer see. */
export async function seesAsSeller(context: ReadContext, listing: ListingRecord): Promise<boolean> {
  return (
    isOwner(context, sellerOf(listing)) ||
    mayAt(context, context.actor, listing.organizerId, 'look_up')
  );
}

/** Whether a buyer is known to be the seller: by their user id or address, or by a guest's token. */
export function isSeller(
  context: Pick<ReadContext, 'actor' | 'secrets'>,
  listing: ListingRecord,
): boolean {
  const { actor } = context;
  if (isOwner(context, sellerOf(listing))) return true;
  const email = actor.type === 'user' ? actor.email : undefined;
  return email !== undefined && normalizeEmail(email) === normalizeEmail(listing.sellerEmail);
}

function sellerOf(listing: ListingRecord): Owned {
  return { userId: listing.sellerUserId, holdId: listing.sellerHoldId };
}

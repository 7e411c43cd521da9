import type { ReadContext } from '../kernel/index.ts';
import { members, type Permission } from '../organizers/index.ts';

/** Members with the permission at the organizer of the gift card that an input names. */
export function membersOfGiftCard(permission: Permission) {
  return members(
    permission,
    async ({ tx }: ReadContext, { giftCardId }: { giftCardId: string }) =>
      (await tx.giftCards.cards.find(giftCardId))?.organizerId,
  );
}

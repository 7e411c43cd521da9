import { type Owned, owner } from '../inventory/index.ts';
import type { ReadContext } from '../kernel/index.ts';
import { members, type Permission } from '../organizers/index.ts';

interface OrderInput {
  orderId: string;
}

/** The buyer of the order that an input names. */
export const buyerOfOrder = owner(
  async ({ tx }: ReadContext, { orderId }: OrderInput): Promise<Owned | undefined> => {
    const order = await tx.orders.orders.find(orderId);
    return order && { userId: order.userId, holdId: order.holdId };
  },
);

/** Members with the permission at the organizer of the order that an input names. */
export function membersOfOrder(permission: Permission) {
  return members(
    permission,
    async ({ tx }: ReadContext, { orderId }: OrderInput) =>
      (await tx.orders.orders.find(orderId))?.organizerId,
  );
}

import { type Owned, owner } from '../inventory/index.ts';
import type { ReadContext } from '../kernel/index.ts';
import { members, type Permission } from '../organizers/index.ts';

interface RefundInput {
  orderRefundId: string;
}
interface RunInput {
  runId: string;
}

/** The buyer whose order's refund an input names. */
export const buyerOfRefund = owner(
  async ({ tx }: ReadContext, { orderRefundId }: RefundInput): Promise<Owned | undefined> => {
    const refund = await tx.refunds.orderRefunds.find(orderRefundId);
    return refund && tx.orders.orders.find(refund.orderId);
  },
);

export function membersOfRefund(permission: Permission) {
  return members(
    permission,
    async ({ tx }: ReadContext, { orderRefundId }: RefundInput) =>
      (await tx.refunds.orderRefunds.find(orderRefundId))?.organizerId,
  );
}

/** Members with the permission at the organizer of the refund run that an input names. */
export function membersOfRun(permission: Permission) {
  return members(
    permission,
    async ({ tx }: ReadContext, { runId }: RunInput) =>
      (await tx.refunds.runs.find(runId))?.organizerId,
  );
}

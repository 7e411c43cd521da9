import { owner } from '../inventory/index.ts';
import { anyOf, type ReadContext } from '../kernel/index.ts';
import { members, type Permission } from '../organizers/index.ts';

interface PaymentInput {
  paymentId: string;
}

async function orderOf({ tx }: ReadContext, { paymentId }: PaymentInput) {
  const payment = await tx.payments.payments.find(paymentId);
  return payment && (await tx.orders.orders.find(payment.orderId));
}

/** The buyer whose payment it is, and members with the permission. */
export function paymentParties(permission: Permission) {
  return anyOf(
    owner(async (context: ReadContext, input: PaymentInput) => {
      const order = await orderOf(context, input);
      return order && { userId: order.userId, holdId: order.holdId };
    }),
    membersOfPayment(permission),
  );
}

export function membersOfPayment(permission: Permission) {
  return members(
    permission,
    async (context: ReadContext, input: PaymentInput) =>
      (await orderOf(context, input))?.organizerId,
  );
}

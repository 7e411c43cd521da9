import { type Owned, owner } from '../inventory/index.ts';
import type { ReadContext } from '../kernel/index.ts';
import { members, type Permission } from '../organizers/index.ts';

interface InvoiceInput {
  invoiceId: string;
}

/** The buyer of the order of the invoice that an input names. */
export const buyerOfInvoice = owner(
  async ({ tx }: ReadContext, { invoiceId }: InvoiceInput): Promise<Owned | undefined> => {
    const invoice = await tx.invoices.invoices.find(invoiceId);
    const order = invoice && (await tx.orders.orders.find(invoice.orderId));
    return order && { userId: order.userId, holdId: order.holdId };
  },
);

/** Members with the permission at the organizer of the invoice that an input names. */
export function membersOfInvoice(permission: Permission) {
  return members(
    permission,
    async ({ tx }: ReadContext, { invoiceId }: InvoiceInput) =>
      (await tx.invoices.invoices.find(invoiceId))?.organizerId,
  );
}

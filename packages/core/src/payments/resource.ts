import * as z from 'zod';
import { Amount, Currency, idOf } from '../kernel/index.ts';
import type { PaymentRecord, RefundRecord } from './payment.ts';

export const Payment = z
  .object({
    id: idOf('pay'),
    eventId: idOf('evt'),
    orderId: idOf('ord'),
    provider: z.string(),
    method: z.string().nullable(),
    amount: Amount,
    currency: Currency,
    state: z.enum(['created', 'pending', 'requires_action', 'succeeded', 'declined', 'cancelled']),
    providerRef: z.string().nullable(),
  })
  .meta({ id: 'Payment', description: 'One attempt to be paid for an order.' });
export type Payment = z.output<typeof Payment>;

export const Refund = z
  .object({
    id: idOf('ref'),
    paymentId: idOf('pay'),
    orderId: idOf('ord'),
    provider: z.string(),
    providerRef: z.string(),
    amount: z.int().min(0),
    currency: Currency,
    state: z.enum(['requested', 'succeeded', 'failed']),
  })
  .meta({ id: 'Refund', description: 'Money on its way back to a buyer.' });
export type Refund = z.output<typeof Refund>;

export function paymentResource(payment: PaymentRecord): Payment {
  const { id, eventId, orderId, provider, method, amount, currency, state, providerRef } = payment;
  return { id, eventId, orderId, provider, method, amount, currency, state, providerRef };
}

export function refundResource(refund: RefundRecord, payment: PaymentRecord): Refund {
  return {
    id: refund.id,
    paymentId: refund.paymentId,
    orderId: refund.orderId,
    provider: payment.provider,
    providerRef: payment.providerRef ?? '',
    amount: refund.amount,
    currency: refund.currency,
    state: refund.state,
  };
}

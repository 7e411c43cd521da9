import * as z from 'zod';
import { Amount, Currency, Instant, idOf } from '../kernel/index.ts';
import type { PaymentRecord } from './payment.ts';
import type { RefundRecord } from './refund.ts';

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
    providerRef: z.string().meta({ description: 'The payment, by the provider’s name.' }),
    refundRef: z
      .string()
      .nullable()
      .meta({ description: 'The refund, by the provider’s name; null until it answered.' }),
    amount: z.int().min(0),
    currency: Currency,
    state: z.enum(['requested', 'pending', 'succeeded', 'failed']),
    attempt: z.int().meta({ description: 'Which try this is; a failed refund is tried again.' }),
    failure: z.string().nullable().meta({
      description: 'Why the last try failed or could not be made; null once the provider took one.',
    }),
    dueAt: Instant.nullable().meta({ description: 'When the provider is asked next.' }),
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
    refundRef: refund.providerRef,
    amount: refund.amount,
    currency: refund.currency,
    state: refund.state,
    attempt: refund.attempt,
    failure: refund.failure,
    dueAt: refund.dueAt,
  };
}

/** What a job did of what was due. */
export const doneOfDue = z
  .object({
    done: z.int().meta({ description: 'Pieces that were tried; 0 when nothing was due.' }),
    failed: z.int().meta({ description: 'Those of them that failed; they are due again later.' }),
    problem: z.string().optional().meta({ description: 'What the first that failed says.' }),
  })
  .meta({ id: 'DoneOfDue' });

import * as z from 'zod';
import { Amount, Currency, Instant, idOf } from '../kernel/index.ts';

export const PayoutId = idOf('pyt');

export const Payout = z
  .object({
    id: PayoutId,
    organizerId: idOf('org'),
    eventId: idOf('evt')
      .nullable()
      .meta({ description: 'The event that it pays for; null: whatever is owed.' }),
    ticketId: idOf('tkt')
      .nullable()
      .meta({ description: 'The ticket whose seller it pays; null: it pays the organizer.' }),
    amount: Amount,
    currency: Currency,
    state: z.enum(['pending', 'paid', 'failed', 'cancelled']),
    reference: z
      .string()
      .nullable()
      .meta({ description: 'Yours or your bank’s; no personal data.' }),
    reason: z.string().nullable().meta({ description: 'Why it failed or was cancelled.' }),
    createdAt: Instant,
    settledAt: Instant.nullable().meta({ description: 'When it was paid, failed or cancelled.' }),
  })
  .meta({ id: 'Payout', description: 'Money on its way to an organizer or a seller.' });
export type Payout = z.output<typeof Payout>;

interface PayoutFacts {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string | null;
  readonly ticketId: string | null;
  /** Minor units, more than zero. */
  readonly amount: number;
  readonly currency: string;
  readonly reference: string | null;
  readonly createdAt: string;
  readonly revision: number;
}

export type PendingPayout = PayoutFacts & {
  readonly state: 'pending';
  readonly reason: null;
  readonly settledAt: null;
};

export type PayoutRecord =
  | PendingPayout
  | (PayoutFacts & { readonly state: 'paid'; readonly reason: null; readonly settledAt: string })
  | (PayoutFacts & {
      readonly state: 'failed' | 'cancelled';
      readonly reason: string | null;
      readonly settledAt: string;
    });

export function payoutResource(payout: PayoutRecord): Payout {
  const { id, organizerId, eventId, ticketId, amount, currency, state } = payout;
  const { reference, reason, createdAt, settledAt } = payout;
  return {
    id,
    organizerId,
    eventId,
    ticketId,
    amount,
    currency,
    state,
    reference,
    reason,
    createdAt,
    settledAt,
  };
}

import * as z from 'zod';
import { Instant, idOf, type WriteContext } from '../kernel/index.ts';
import type { PaymentRecord } from './payment.ts';

/** In which way a provider's records and ours disagree. */
const DiscrepancyKind = z.enum([
  'unknown_payment',
  'unknown_refund',
  'not_at_provider',
  'other_amount',
  'charged_twice',
  'refunded_elsewhere',
  'refund_missing',
  'refund_reversed',
  'refunded_twice',
  'disputed',
]);
type DiscrepancyKind = z.output<typeof DiscrepancyKind>;

/**
 * Where a provider and Ticketi disagree, and no rule may decide who is right:
 * it is kept until somebody has looked. One of a kind for each subject.
 */
export interface DiscrepancyRecord {
  readonly id: string;
  /** The organizer whose payment it is about; null for money that no payment of ours asked for. */
  readonly organizerId: string | null;
  readonly eventId: string | null;
  readonly orderId: string | null;
  readonly paymentId: string | null;
  readonly provider: string;
  readonly kind: DiscrepancyKind;
  /** Our payment or refund, or what the provider calls its own. */
  readonly subject: string;
  readonly amount: number | null;
  readonly currency: string | null;
  readonly detail: string;
  readonly createdAt: string;
  readonly resolvedAt: string | null;
  /** What somebody found out, or did about it. */
  readonly resolution: string | null;
  readonly revision: number;
}

export const Discrepancy = z
  .object({
    id: idOf('dcp'),
    organizerId: idOf('org').nullable(),
    eventId: idOf('evt').nullable(),
    orderId: idOf('ord').nullable(),
    paymentId: idOf('pay').nullable(),
    provider: z.string(),
    kind: DiscrepancyKind,
    subject: z
      .string()
      .meta({ description: 'Our payment or refund, or the provider’s name of its own.' }),
    amount: z.int().min(0).nullable().meta({ description: 'In minor units, where there is one.' }),
    currency: z.string().nullable(),
    detail: z.string().meta({ description: 'A sentence for people.' }),
    createdAt: Instant,
    resolvedAt: Instant.nullable(),
    resolution: z.string().nullable(),
  })
  .meta({ id: 'Discrepancy', description: 'Where a payment provider and Ticketi disagree.' });
export type Discrepancy = z.output<typeof Discrepancy>;

export function discrepancyResource(record: DiscrepancyRecord): Discrepancy {
  const { revision: _, ...shown } = record;
  return shown;
}

interface Noted {
  readonly kind: DiscrepancyKind;
  readonly subject: string;
  readonly amount: number | null;
  readonly currency: string | null;
  readonly detail: string;
}

/** Keeps a discrepancy and gives it back; nothing when this one was kept before. */
export async function noteDiscrepancy(
  { tx, ids, now, emit }: WriteContext,
  {
    payment,
    ...noted
  }: Noted & ({ readonly payment: PaymentRecord } | { readonly payment: { provider: string } }),
): Promise<readonly DiscrepancyRecord[]> {
  const owner = 'id' in payment ? payment : undefined;
  const record: DiscrepancyRecord = {
    ...noted,
    id: ids.next('dcp'),
    organizerId: owner?.organizerId ?? null,
    eventId: owner?.eventId ?? null,
    orderId: owner?.orderId ?? null,
    paymentId: owner?.id ?? null,
    provider: payment.provider,
    createdAt: now,
    resolvedAt: null,
    resolution: null,
    revision: 1,
  };
  if (!(await tx.payments.discrepancies.note(record))) return [];
  emit({
    type: 'payment.discrepancy',
    organizerId: record.organizerId,
    eventId: record.eventId,
    subject: record.id,
    data: discrepancyResource(record),
  });
  return [record];
}

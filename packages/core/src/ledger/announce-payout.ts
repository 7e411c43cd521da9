import type { WriteContext } from '../kernel/index.ts';
import { type PayoutRecord, payoutResource } from './payout.ts';

/** `payout.pending`, `payout.paid`, `payout.failed`, `payout.cancelled`. */
export function announcePayout({ emit }: WriteContext, payout: PayoutRecord): void {
  emit({
    type: `payout.${payout.state}`,
    organizerId: payout.organizerId,
    eventId: payout.eventId,
    subject: payout.id,
    data: payoutResource(payout),
  });
}

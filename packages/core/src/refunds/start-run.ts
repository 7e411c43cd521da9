import type { EventRecord } from '../events/index.ts';
import { actorName, type WriteContext } from '../kernel/index.ts';
import type { RefundRunRecord } from './run.ts';

/** How an event's orders are given back. */
export interface RunTerms extends Pick<RefundRunRecord, 'feesKept' | 'destination' | 'reason'> {}

/**
 * Opens the refund run of a cancelled event, whose lock the caller holds: one that is
 * open already is returned as it is. The work is that of `refundRuns.work`.
 */
export async function startRun(
  { tx, ids, now, actor, emit }: WriteContext,
  { id: eventId, organizerId, currency }: EventRecord,
  terms: RunTerms,
): Promise<RefundRunRecord> {
  const open = await tx.refunds.runs.openOfEvent(eventId);
  if (open !== undefined) return open;
  const run: RefundRunRecord = {
    id: ids.next('rfr'),
    organizerId,
    eventId,
    state: 'running',
    ...terms,
    currency,
    cursor: null,
    madeBy: actorName(actor),
    createdAt: now,
    doneAt: null,
    revision: 1,
  };
  await tx.refunds.runs.insert([run]);
  emit({
    type: 'refund_run.started',
    organizerId,
    eventId,
    subject: run.id,
    data: { id: run.id, eventId, ...terms },
  });
  return run;
}

import * as z from 'zod';
import { notFound, write } from '../../kernel/index.ts';
import { membersOfRun } from '../access.ts';
import { RefundRun, RefundRunId } from '../run.ts';
import { runResource } from '../run-progress.ts';

export const retryRefundRun = write({
  name: 'refundRuns.retry',
  summary:
    'Lets a refund run try again what failed in it; where nothing did, it stays as it is. Where another run of the event is open, which tries all orders, that one is returned.',
  input: z.strictObject({ runId: RefundRunId }),
  output: RefundRun,
  allow: membersOfRun('manage_events'),
  run: async (context, { runId }) => {
    const { tx, emit } = context;
    const found = await tx.refunds.runs.find(runId);
    if (found === undefined) return notFound({ kind: 'refund run', id: runId });
    // The event's lock keeps out who starts a run of it: one of an event is open at most.
    await tx.events.events.findForUpdate([found.eventId]);
    const newer = await tx.refunds.runs.openOfEvent(found.eventId);
    if (newer !== undefined && newer.id !== runId) return runResource(context, newer);
    const [was] = await tx.refunds.runs.findForUpdate([runId]);
    if (was === undefined) return notFound({ kind: 'refund run', id: runId });
    if ((await tx.refunds.outcomes.retry(runId)) === 0) return runResource(context, was);
    const next = { ...was, state: 'running' as const, doneAt: null };
    if (was.state === 'done') await tx.refunds.runs.save(next, was);
    const { organizerId, eventId } = was;
    const data = { id: runId, eventId };
    emit({ type: 'refund_run.retried', organizerId, eventId, subject: runId, data });
    return runResource(context, next);
  },
});

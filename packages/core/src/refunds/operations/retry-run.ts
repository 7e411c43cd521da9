import * as z from 'zod';
import { notFound, write } from '../../kernel/index.ts';
import { membersOfRun } from '../access.ts';
import { RefundRun, RefundRunId } from '../run.ts';
import { runResource } from '../run-progress.ts';

export const retryRefundRun = write({
  name: 'refundRuns.retry',
  summary: 'Lets a refund run try again what failed in it; where nothing did, it stays as it is.',
  input: z.strictObject({ runId: RefundRunId }),
  output: RefundRun,
  allow: membersOfRun('manage_events'),
  run: async (context, { runId }) => {
    const { tx, emit } = context;
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

import * as z from 'zod';
import { notFound, read } from '../../kernel/index.ts';
import { membersOfRun } from '../access.ts';
import { RefundRun, RefundRunId } from '../run.ts';
import { runResource } from '../run-progress.ts';

export const getRefundRun = read({
  name: 'refundRuns.get',
  summary: 'How far a refund run has come: orders, amounts, outcomes.',
  input: z.strictObject({ runId: RefundRunId }),
  output: RefundRun,
  allow: membersOfRun('look_up'),
  run: async (context, { runId }) => {
    const run = await context.tx.refunds.runs.find(runId);
    if (run === undefined) return notFound({ kind: 'refund run', id: runId });
    return runResource(context, run);
  },
});

import * as z from 'zod';
import { EventId, membersOfEvent } from '../../events/index.ts';
import { isRefusal, pageInput, pageOf, pageRequest, read } from '../../kernel/index.ts';
import { RefundRun } from '../run.ts';
import { runResource } from '../run-progress.ts';

export const listRefundRuns = read({
  name: 'refundRuns.list',
  summary: 'The refund runs of an event, newest first.',
  input: z.strictObject({ eventId: EventId, ...pageInput }),
  output: pageOf(RefundRun, 'RefundRunPage'),
  allow: membersOfEvent('look_up'),
  run: async (context, { eventId, ...input }) => {
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    const { items, nextCursor } = await context.tx.refunds.runs.list({ eventId }, page);
    const shown: RefundRun[] = [];
    for (const run of items) shown.push(await runResource(context, run));
    return { items: shown, nextCursor };
  },
});

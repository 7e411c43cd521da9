import * as z from 'zod';
import { EventId, membersOfEvent, wrongEventState } from '../../events/index.ts';
import { notFound, write } from '../../kernel/index.ts';
import { RefundRun, RunTo } from '../run.ts';
import { runResource } from '../run-progress.ts';
import { startRun } from '../start-run.ts';

export const startRefundRun = write({
  name: 'refundRuns.start',
  summary:
    'Starts giving back every paid order of a cancelled event, resold ones too. One that is running is returned as it is.',
  input: z.strictObject({
    eventId: EventId,
    feesKept: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether fees, and the tax on them, stay paid.' }),
    to: RunTo.default('original'),
    reason: z.string().trim().min(1).max(500).nullable().default(null),
  }),
  output: RefundRun,
  refusals: [wrongEventState],
  allow: membersOfEvent('manage_events'),
  run: async (context, { eventId, feesKept, to: destination, reason }) => {
    const [event] = await context.tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    if (event.state !== 'cancelled') {
      return wrongEventState({ eventId, state: event.state, needs: ['cancelled'] });
    }
    return runResource(context, await startRun(context, event, { feesKept, destination, reason }));
  },
});

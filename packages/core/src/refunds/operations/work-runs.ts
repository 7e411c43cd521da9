import * as z from 'zod';
import { Instant, idOf, systemOnly, workflow, write } from '../../kernel/index.ts';
import { RefundRunId } from '../run.ts';
import { trySending } from '../send.ts';
import { claimRefunds, leaseOf } from './claim-run.ts';
import { refundInRun } from './refund-in-run.ts';

/** A step of the worker's own: it has done with these orders. */
export const dropRefunds = write({
  name: 'refundRuns.drop',
  summary: 'Gives up orders of refund runs that a worker has claimed.',
  input: z.strictObject({
    orders: z.array(z.strictObject({ runId: RefundRunId, orderId: idOf('ord') })).max(1000),
    until: Instant.meta({ description: 'As `refundRuns.claim` gave it.' }),
  }),
  output: z.object({ dropped: z.int() }).meta({ id: 'DroppedRefunds' }),
  allow: systemOnly,
  run: async ({ tx }, { orders, until }) => {
    await tx.leases.drop(
      orders.map(({ runId, orderId }) => leaseOf(runId, orderId)),
      until,
    );
    return { dropped: orders.length };
  },
});

export const workRefundRuns = workflow({
  name: 'refundRuns.work',
  summary:
    'Does some of what refund runs have to do: each order in a transaction of its own, then its money. Several workers share the work; safe to run at any time.',
  input: z.strictObject({
    limit: z.int().min(1).max(1000).default(100).meta({ description: 'Orders at most.' }),
  }),
  output: z
    .object({
      done: z.int().meta({ description: 'Orders that have their outcome now.' }),
      failed: z.int().meta({ description: 'Those of them that were refused.' }),
      open: z.int().meta({ description: 'Runs that are not done: call again.' }),
    })
    .meta({ id: 'RefundRunWork' }),
  allow: systemOnly,
  run: async (context, { limit }) => {
    const { orders, until, open } = await context.callAsSystem(claimRefunds, { limit });
    let [done, failed] = [0, 0];
    const faults: unknown[] = [];
    const finished: typeof orders = [];
    for (const order of orders) {
      try {
        const { state, toSend } = await context.callAsSystem(refundInRun, order);
        if (toSend !== null) await trySending(context, toSend);
        if (state === 'failed') failed += 1;
        done += 1;
        finished.push(order);
      } catch (fault) {
        // One that throws must not stop the rest. It stays leased for a while, so that the next
        // call begins with others.
        faults.push(fault);
      }
    }
    if (finished.length > 0) await context.callAsSystem(dropRefunds, { orders: finished, until });
    // The first says what is wrong; the others are tried again with it.
    if (faults.length > 0) throw faults[0];
    return { done, failed, open };
  },
});

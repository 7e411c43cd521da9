import * as z from 'zod';
import {
  Instant,
  idOf,
  plusMinutes,
  systemOnly,
  type WriteContext,
  write,
} from '../../kernel/index.ts';
import { RefundRunId, type RefundRunRecord } from '../run.ts';

/** How long an order is a worker's own, in minutes: whoever dies with it gives it up then. */
const LEASE_MINUTES = 5;

/** Runs that are read in one go. */
const RUNS = 20;

export const claimRefunds = write({
  name: 'refundRuns.claim',
  summary:
    'Gives a worker orders of refund runs that no other one has (for 5 minutes), and ends runs of which none is left.',
  input: z.strictObject({ limit: z.int().min(1).max(1000).default(100) }),
  output: z
    .object({
      orders: z.array(z.object({ runId: RefundRunId, orderId: idOf('ord') })),
      until: Instant.meta({ description: 'Until when they are this worker’s.' }),
      open: z.int().meta({ description: 'Runs that are not done.' }),
    })
    .meta({ id: 'ClaimedRefunds' }),
  allow: systemOnly,
  run: async (context, { limit }) => {
    const { now } = context;
    const until = plusMinutes(now, LEASE_MINUTES);
    const orders: { runId: string; orderId: string }[] = [];
    let open = 0;
    for await (const run of openRuns(context)) {
      const { left, taken } = await takeOrders(context, run, {
        limit: limit - orders.length,
        until,
      });
      if (left) open += 1;
      else await endRun(context, run);
      orders.push(...taken.map((orderId) => ({ runId: run.id, orderId })));
      if (orders.length >= limit) break;
    }
    return { orders, until, open };
  },
});

/** All runs that are not done, each under its lock: those that others have must not hide the rest. */
async function* openRuns({ tx }: WriteContext): AsyncGenerator<RefundRunRecord> {
  let after: string | null = null;
  for (;;) {
    const found: RefundRunRecord[] = await tx.refunds.runs.open(after, RUNS);
    for (const { id } of found) {
      const [run] = await tx.refunds.runs.findForUpdate([id]);
      if (run !== undefined && run.state !== 'done') yield run;
    }
    after = found.at(-1)?.id ?? null;
    if (found.length < RUNS) return;
  }
}

/** The next orders of a run that nobody has; `left`: whether it has any without an outcome. */
async function takeOrders(
  { tx, now }: WriteContext,
  run: RefundRunRecord,
  { limit, until }: { limit: number; until: Instant },
): Promise<{ left: boolean; taken: readonly string[] }> {
  const taken: string[] = [];
  let left = false;
  const sources = [
    (after: string | null) => tx.refunds.runs.ordersLeft(run, after, limit),
    (after: string | null) => tx.refunds.outcomes.due(run.id, after, limit),
  ];
  for (const [source, read] of sources.entries()) {
    let after: string | null = null;
    for (;;) {
      const found = await read(after);
      const [first] = found;
      if (first === undefined) break;
      // Every order before the first one that is left has its outcome.
      if (source === 0 && after === null && first !== run.cursor) {
        await tx.refunds.runs.save({ ...run, cursor: first }, run);
      }
      left = true;
      if (taken.length >= limit) break;
      const names = found.slice(0, limit - taken.length).map((orderId) => leaseOf(run.id, orderId));
      const got = new Set(await tx.leases.take(names, until, now));
      taken.push(...found.filter((orderId) => got.has(leaseOf(run.id, orderId))));
      after = found.at(-1) ?? null;
    }
  }
  return { left, taken };
}

async function endRun({ tx, now, emit }: WriteContext, was: RefundRunRecord): Promise<void> {
  await tx.refunds.runs.save({ ...was, state: 'done', doneAt: now }, was);
  const { id, organizerId, eventId } = was;
  emit({ type: 'refund_run.done', organizerId, eventId, subject: id, data: { id, eventId } });
}

/** What an order of a run is leased by. */
export function leaseOf(runId: string, orderId: string): string {
  return `refund-run:${runId}:${orderId}`;
}

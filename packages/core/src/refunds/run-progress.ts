import { type ReadContext, sumOf } from '../kernel/index.ts';
import type { RefundRun, RefundRunRecord } from './run.ts';

/** A run as its readers see it: how far it has come. */
export async function runResource(
  { tx }: Pick<ReadContext, 'tx'>,
  run: RefundRunRecord,
): Promise<RefundRun> {
  const [total, counts] = await Promise.all([
    tx.refunds.runs.ordersOf(run.eventId),
    tx.refunds.outcomes.counts(run.id),
  ]);
  const ordersIn = (open: readonly string[]) =>
    sumOf(
      counts.filter(({ state }) => open.includes(state)),
      ({ orders }) => orders,
    );
  const {
    id,
    eventId,
    state,
    feesKept,
    destination: to,
    reason,
    currency,
    createdAt,
    doneAt,
  } = run;
  return {
    id,
    eventId,
    state,
    feesKept,
    to,
    reason,
    currency,
    orders: {
      total,
      done: ordersIn(['refunded', 'to_card', 'nothing_paid', 'already_refunded']),
      failed: ordersIn(['failed']),
    },
    amount: sumOf(counts, ({ amount }) => amount),
    outcomes: counts.map((count) => ({ ...count })),
    createdAt,
    doneAt,
  };
}

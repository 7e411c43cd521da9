import { sweepHolds } from './inventory/operations/sweep-holds.ts';
import { expireOrders } from './orders/operations/expire.ts';
import { reconcilePayments } from './payments/operations/reconcile.ts';
import { type Job, job } from './worker/index.ts';

/** Pieces that a call of a job does at most. */
const LIMIT = 100;

/**
 * All background work, in the order of a pass: what frees places, then money, then
 * what is told to the world, and last what is cleared away.
 */
export const jobs: readonly Job[] = [
  job(expireOrders, {
    everySeconds: 10,
    input: { limit: LIMIT },
    piece: ({ expired }) => ({ done: expired, more: expired === LIMIT }),
  }),
  job(sweepHolds, {
    everySeconds: 10,
    input: {},
    piece: ({ units, more }) => ({ done: units, more }),
  }),
  job(reconcilePayments, {
    everySeconds: 60,
    input: { limit: LIMIT },
    // It goes over all that is open in one call.
    piece: ({ checked, refunded }) => ({ done: checked + refunded, more: false }),
  }),
];

import { sweepAnswers } from './idempotency/operations/sweep.ts';
import { sweepHolds } from './inventory/operations/sweep-holds.ts';
import { issueDueInvoices } from './invoices/operations/issue-due.ts';
import { expireOrders } from './orders/operations/expire.ts';
import { reconcilePayments } from './payments/operations/reconcile.ts';
import { sendRefunds } from './payments/operations/send-refunds.ts';
import { settleDuePayments } from './payments/operations/settle-due.ts';
import { workRefundRuns } from './refunds/operations/work-runs.ts';
import { expireListings } from './resale/operations/expire.ts';
import { settleListings } from './resale/operations/settle.ts';
import { numberRevocations } from './tickets/operations/number-revocations.ts';
import { expireTransfers } from './transfers/operations/expire.ts';
import { offerDue } from './waitlist/operations/offer-due.ts';
import { deliverWebhooks } from './webhooks/operations/deliver.ts';
import { dispatchOutbox } from './webhooks/operations/dispatch.ts';
import { enqueueWebhooks } from './webhooks/operations/enqueue.ts';
import { numberOutbox } from './webhooks/operations/number-outbox.ts';
import { sweepOutbox } from './webhooks/operations/sweep-outbox.ts';
import { type Job, job } from './worker/index.ts';

/** Pieces that a call of a job does at most. */
const LIMIT = 100;

/** What the pieces that failed are told to the host with. */
function problemOf({ failed, problem }: { failed: number; problem?: string | undefined }) {
  if (problem === undefined) return undefined;
  return new Error(failed > 1 ? `${failed} failed, the first with: ${problem}` : problem);
}

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
  job(expireTransfers, {
    everySeconds: 60,
    input: { limit: LIMIT },
    piece: ({ expired }) => ({ done: expired, more: expired === LIMIT }),
  }),
  // After what frees places. A pass works off all waitlists once.
  job(offerDue, {
    everySeconds: 10,
    input: { limit: LIMIT },
    piece: (report) => ({ done: report.done, more: false, problem: problemOf(report) }),
  }),
  job(expireListings, {
    everySeconds: 30,
    input: { limit: LIMIT },
    piece: ({ expired }) => ({ done: expired, more: expired === LIMIT }),
  }),
  job(settleDuePayments, {
    everySeconds: 30,
    input: { limit: LIMIT },
    piece: (report) => ({ done: report.done, more: true, problem: problemOf(report) }),
  }),
  job(workRefundRuns, {
    everySeconds: 10,
    input: { limit: LIMIT },
    piece: ({ done }) => ({ done, more: true }),
  }),
  job(settleListings, {
    everySeconds: 10,
    input: { limit: LIMIT },
    piece: ({ settled }) => ({ done: settled, more: settled === LIMIT }),
  }),
  job(sendRefunds, {
    everySeconds: 10,
    input: { limit: LIMIT },
    piece: (report) => ({ done: report.done, more: true, problem: problemOf(report) }),
  }),
  job(reconcilePayments, {
    everySeconds: 600,
    turnMinutes: 60,
    input: { limit: LIMIT },
    piece: (report) => ({ done: report.done, more: false, problem: problemOf(report) }),
  }),
  job(issueDueInvoices, {
    everySeconds: 10,
    input: { limit: LIMIT },
    piece: ({ done }) => ({ done, more: true }),
  }),
  job(numberRevocations, {
    everySeconds: 1,
    input: {},
    piece: ({ done }) => ({ done, more: true }),
  }),
  job(numberOutbox, {
    everySeconds: 1,
    input: {},
    piece: ({ done }) => ({ done, more: true }),
  }),
  job(dispatchOutbox, {
    everySeconds: 1,
    input: {},
    piece: ({ done }) => ({ done, more: true }),
  }),
  job(enqueueWebhooks, {
    everySeconds: 1,
    input: {},
    piece: ({ done }) => ({ done, more: true }),
  }),
  job(deliverWebhooks, {
    everySeconds: 1,
    input: {},
    piece: ({ done }) => ({ done, more: true }),
  }),
  job(sweepOutbox, {
    everySeconds: 600,
    input: {},
    piece: ({ done }) => ({ done, more: true }),
  }),
  job(sweepAnswers, {
    everySeconds: 600,
    input: {},
    piece: ({ done }) => ({ done, more: true }),
  }),
];

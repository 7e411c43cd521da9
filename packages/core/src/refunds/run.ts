import * as z from 'zod';
import { Amount, Currency, Instant, idOf } from '../kernel/index.ts';

export const RefundRunId = idOf('rfr');

/**
 * What became of an order in a refund run.
 * - `refunded`: its money is on its way to where it came from
 * - `to_card`: it is on a gift card, a new one or those that paid
 * - `nothing_paid`: it cost nothing, or nothing that comes back; its tickets are void
 * - `already_refunded`: it was given back before
 * - `failed`: it was refused, for the reason beside it; `refundRuns.retry` tries it again
 * - `due`: it is about to be tried again
 */
export const RefundOutcomeState = z
  .enum(['refunded', 'to_card', 'nothing_paid', 'already_refunded', 'failed', 'due'])
  .meta({ id: 'RefundOutcomeState' });
export type RefundOutcomeState = z.output<typeof RefundOutcomeState>;

export const RunTo = z.enum(['original', 'credit']).meta({
  description:
    '`original`: to where the money came from. `credit`: to a new gift card for each order.',
});

export const RefundRun = z
  .object({
    id: RefundRunId,
    eventId: idOf('evt'),
    state: z.enum(['running', 'done']),
    feesKept: z.boolean(),
    to: RunTo,
    reason: z.string().nullable(),
    currency: Currency,
    orders: z.object({
      total: z.int().meta({ description: 'Paid orders of the event, resold tickets’ too.' }),
      done: z.int().meta({ description: 'Those with an outcome that is not `failed`.' }),
      failed: z.int(),
    }),
    amount: Amount.meta({ description: 'What goes back so far, in minor units.' }),
    outcomes: z
      .array(z.object({ state: RefundOutcomeState, orders: z.int(), amount: Amount }))
      .meta({ description: 'How many orders came out how.' }),
    createdAt: Instant,
    doneAt: Instant.nullable(),
  })
  .meta({ id: 'RefundRun', description: 'The giving back of all orders of a cancelled event.' });
export type RefundRun = z.output<typeof RefundRun>;

export const RefundOutcome = z
  .object({
    id: idOf('rfo'),
    runId: RefundRunId,
    orderId: idOf('ord'),
    buyer: z.object({ name: z.string(), email: z.string() }),
    state: RefundOutcomeState,
    amount: Amount,
    reason: z.string().nullable().meta({ description: 'Why it failed: a code and a sentence.' }),
    ticketIds: z.array(idOf('tkt')).meta({ description: 'The tickets that are void with it.' }),
    orderRefundId: idOf('orf').nullable(),
    money: z.enum(['none', 'requested', 'pending', 'succeeded', 'failed']).meta({
      description:
        'How the refund stands that its provider carries out; `none`: there is none. A failed one is sent again by `payments.reconcile`.',
    }),
    provider: z.string().nullable().meta({
      description:
        'Which provider carries it out; under `manual` the organizer has to hand the money back. Null: none.',
    }),
    at: Instant,
  })
  .meta({ id: 'RefundOutcome', description: 'What became of one order in a refund run.' });
export type RefundOutcome = z.output<typeof RefundOutcome>;

/** A run goes through the paid orders of its event by id; what it did stands in its outcomes. */
export interface RefundRunRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly state: 'running' | 'done';
  readonly feesKept: boolean;
  readonly destination: z.output<typeof RunTo>;
  readonly reason: string | null;
  readonly currency: string;
  /** Every order with a smaller id has its outcome; null: none is known to. */
  readonly cursor: string | null;
  readonly madeBy: string;
  readonly createdAt: string;
  readonly doneAt: string | null;
  readonly revision: number;
}

/** One for each order of a run: the table’s key sees to that. */
export interface RefundOutcomeRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly runId: string;
  readonly orderId: string;
  readonly state: RefundOutcomeState;
  readonly amount: number;
  readonly reason: string | null;
  readonly ticketIds: readonly string[];
  readonly orderRefundId: string | null;
  readonly at: string;
  readonly revision: number;
}

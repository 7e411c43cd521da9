import type {
  OrderRefundRecord,
  OutcomeCount,
  RefundDrift,
  RefundOutcomeRecord,
  RefundPolicyRecord,
  RefundRunRecord,
  RefundWrites,
} from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { lookupAll, turns } from '../gathering.ts';
import type { Sql } from '../sql.ts';
import {
  defineTable,
  equals,
  type FilterOf,
  insertsOf,
  leads,
  statementsOf,
  walkOf,
  writesOf,
} from '../table.ts';

const orderRefunds = defineTable<OrderRefundRecord>('order_refunds', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  orderId: 'text',
  kind: 'text',
  reason: 'text',
  policy: 'text',
  feesKept: 'boolean',
  percent: 'text',
  currency: 'text',
  amount: 'integer',
  units: 'json',
  lines: 'json',
  ticketIds: 'json',
  platformFee: 'integer',
  taxes: 'json',
  means: 'json',
  credit: 'integer',
  creditCardId: 'text',
  creditCode: 'text',
  runId: 'text',
  madeBy: 'text',
  createdAt: 'instant',
});

const policies = defineTable<RefundPolicyRecord>('refund_policies', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  terms: 'json',
  instants: 'json',
  createdAt: 'instant',
});

const runs = defineTable<RefundRunRecord>(
  'refund_runs',
  {
    id: 'text',
    organizerId: 'text',
    eventId: 'text',
    state: 'text',
    feesKept: 'boolean',
    destination: 'text',
    reason: 'text',
    currency: 'text',
    cursor: 'text',
    madeBy: 'text',
    createdAt: 'instant',
    doneAt: 'instant',
    revision: 'integer',
  },
  turns.event,
);

const outcomes = defineTable<RefundOutcomeRecord>(
  'refund_outcomes',
  {
    id: 'text',
    organizerId: 'text',
    eventId: 'text',
    runId: 'text',
    orderId: 'text',
    state: 'text',
    amount: 'integer',
    reason: 'text',
    ticketIds: 'json',
    orderRefundId: 'text',
    at: 'instant',
    revision: 'integer',
  },
  turns.payment,
);

const drifts = columnsOf<RefundDrift>({
  orderId: 'text',
  givenBack: 'integer',
  refunds: 'integer',
  moved: 'integer',
});
const counts = columnsOf<OutcomeCount>({ state: 'text', orders: 'integer', amount: 'integer' });
const creditCards = columnsOf<{ creditCardId: string }>({ creditCardId: 'text' });
const orderIds = columnsOf<{ orderId: string }>({ orderId: 'text' });
const numbers = columnsOf<{ orders: number }>({ orders: 'integer' });

export function refundStore(dialect: Dialect): (sql: Sql) => RefundWrites {
  const refundVerbs = insertsOf<OrderRefundRecord, FilterOf<RefundWrites['orderRefunds']>>(
    dialect,
    orderRefunds,
    {
      orderId: leads('order_id'),
      eventId: leads('event_id'),
      organizerId: leads('organizer_id'),
      runId: equals('run_id'),
    },
  );
  const policyVerbs = insertsOf<RefundPolicyRecord, object>(dialect, policies, {});
  const runVerbs = writesOf<RefundRunRecord, FilterOf<RefundWrites['runs']>>(dialect, runs, {
    eventId: leads('event_id'),
  });
  const outcomeVerbs = writesOf<RefundOutcomeRecord, FilterOf<RefundWrites['outcomes']>>(
    dialect,
    outcomes,
    { runId: leads('run_id'), state: equals('state') },
  );
  const refund = statementsOf(dialect, orderRefunds);
  const refundsOfOrders = lookupAll<OrderRefundRecord>(
    turns.read,
    (sql, ids) =>
      sql.rows<OrderRefundRecord>(
        orderRefunds.columns,
        `${refund.select} WHERE ${dialect.among('order_id')} ORDER BY id`,
        [dialect.list(ids)],
      ),
    ({ orderId }) => orderId,
  );
  const walkOrderRefunds = walkOf(dialect, orderRefunds, {
    eventId: leads('event_id'),
    organizerId: leads('organizer_id'),
  });
  const policy = statementsOf(dialect, policies);
  const run = statementsOf(dialect, runs);
  const outcome = statementsOf(dialect, outcomes);
  const [orders, payments] = [dialect.table('orders'), dialect.table('refunds')];
  const cards = dialect.table('gift_card_refunds');
  const sumIn = (from: string, amount = 'amount') =>
    `(SELECT coalesce(sum(${amount}), 0) FROM ${from})`;
  const ofRefunds = `r.order_id = o.id AND r.event_id = o.event_id`;

  return (sql) => ({
    orderRefunds: {
      ...refundVerbs(sql),
      ofOrder: (orderId) => sql.ask(refundsOfOrders, [orderId]),
      ofOrders: (ids) => sql.ask(refundsOfOrders, ids),
      async cardsAmong(giftCardIds) {
        if (giftCardIds.length === 0) return [];
        const rows = await sql.rows<{ creditCardId: string }>(
          creditCards,
          `SELECT credit_card_id FROM ${refund.at} WHERE ${dialect.among('credit_card_id')}`,
          [dialect.list(giftCardIds)],
        );
        return rows.map(({ creditCardId }) => creditCardId);
      },
      walk: walkOrderRefunds(sql),
      drift: () =>
        sql.rows<RefundDrift>(
          drifts,
          `SELECT order_id, given_back, refunds, moved FROM (
             SELECT o.id AS order_id, o.given_back,
                    ${sumIn(`${refund.at} AS r WHERE ${ofRefunds}`)} AS refunds,
                    ${sumIn(`${refund.at} AS r WHERE ${ofRefunds}`, 'credit')}
                      + ${sumIn(`${payments} AS r WHERE ${ofRefunds} AND r.order_refund_id IS NOT NULL`)}
                      + ${sumIn(`${cards} AS r WHERE r.event_id = o.event_id AND r.order_refund_id IN
                          (SELECT id FROM ${refund.at} AS own WHERE own.order_id = o.id)`)} AS moved
             FROM ${orders} AS o WHERE o.state = 'paid') AS money
           WHERE given_back <> refunds OR given_back <> moved
           ORDER BY order_id`,
        ),
    },
    policies: {
      ...policyVerbs(sql),
      ofEvent: (eventId) =>
        sql.rows<RefundPolicyRecord>(
          policies.columns,
          `${policy.select} WHERE event_id = ? ORDER BY id`,
          [eventId],
        ),
    },
    runs: {
      ...runVerbs(sql),
      async openOfEvent(eventId) {
        const [open] = await sql.rows<RefundRunRecord>(
          runs.columns,
          `${run.select} WHERE event_id = ? AND state = 'running'`,
          [eventId],
        );
        return open;
      },
      open: (after, limit) =>
        sql.rows<RefundRunRecord>(
          runs.columns,
          `${run.select} WHERE state = 'running' AND id > ? ORDER BY id LIMIT ?`,
          [after ?? '', limit],
        ),
      async ordersLeft({ id, eventId, cursor }, after, limit) {
        // From the cursor on, itself included; after a row that was seen, behind it.
        const from = after ?? cursor;
        const later = from === null ? '' : `AND o.id ${after === null ? '>=' : '>'} ?`;
        const left = await sql.rows<{ orderId: string }>(
          orderIds,
          `SELECT o.id AS order_id FROM ${orders} AS o
           WHERE o.event_id = ? ${later} AND o.state = 'paid'
             AND NOT EXISTS (SELECT 1 FROM ${outcome.at} AS d
                             WHERE d.run_id = ? AND d.order_id = o.id AND d.event_id = o.event_id)
           ORDER BY o.id LIMIT ?`,
          [eventId, ...(from === null ? [] : [from]), id, limit],
        );
        return left.map(({ orderId }) => orderId);
      },
      async ordersOf(eventId) {
        const [found] = await sql.rows<{ orders: number }>(
          numbers,
          `SELECT count(*) AS orders FROM ${orders} WHERE event_id = ? AND state = 'paid'`,
          [eventId],
        );
        return found?.orders ?? 0;
      },
    },
    outcomes: {
      ...outcomeVerbs(sql),
      async ofOrder(runId, orderId) {
        const [own] = await sql.rows<RefundOutcomeRecord>(
          outcomes.columns,
          `${outcome.select} WHERE run_id = ? AND order_id = ?`,
          [runId, orderId],
        );
        return own;
      },
      counts: (runId) =>
        sql.rows<OutcomeCount>(
          counts,
          `SELECT state, count(*) AS orders, coalesce(sum(amount), 0) AS amount FROM ${outcome.at}
           WHERE run_id = ? GROUP BY state ORDER BY state`,
          [runId],
        ),
      async due(runId, after, limit) {
        const due = await sql.rows<{ orderId: string }>(
          orderIds,
          `SELECT order_id FROM ${outcome.at} WHERE run_id = ? AND state = 'due' AND order_id > ?
           ORDER BY order_id LIMIT ?`,
          [runId, after ?? '', limit],
        );
        return due.map(({ orderId }) => orderId);
      },
      retry: (runId) =>
        sql.run(
          `UPDATE ${outcome.at} SET state = 'due', revision = revision + 1
           WHERE run_id = ? AND state = 'failed'`,
          [runId],
        ),
    },
  });
}

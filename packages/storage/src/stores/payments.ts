import type {
  DiscrepancyRecord,
  PaymentPlace,
  PaymentRecord,
  PaymentWrites,
  ProviderMessageRecord,
  RefundRecord,
  StrandedMoney,
} from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { lookupAll, turns } from '../gathering.ts';
import type { Sql } from '../sql.ts';
import {
  defineTable,
  equals,
  type FilterOf,
  leads,
  statementsOf,
  walkOf,
  writesOf,
} from '../table.ts';

const payments = defineTable<PaymentRecord>(
  'payments',
  {
    id: 'text',
    organizerId: 'text',
    eventId: 'text',
    orderId: 'text',
    provider: 'text',
    method: 'text',
    amount: 'integer',
    currency: 'text',
    state: 'text',
    providerRef: 'text',
    action: 'text',
    reason: 'text',
    toldAt: 'instant',
    cancelRequestedAt: 'instant',
    createdAt: 'instant',
    settledAt: 'instant',
    revision: 'integer',
  },
  turns.payment,
);

const refunds = defineTable<RefundRecord>(
  'refunds',
  {
    id: 'text',
    organizerId: 'text',
    eventId: 'text',
    orderId: 'text',
    paymentId: 'text',
    orderRefundId: 'text',
    amount: 'integer',
    currency: 'text',
    reason: 'text',
    state: 'text',
    providerRef: 'text',
    attempt: 'integer',
    failure: 'text',
    dueAt: 'instant',
    createdAt: 'instant',
    settledAt: 'instant',
    revision: 'integer',
  },
  turns.payment,
);

const discrepancies = defineTable<DiscrepancyRecord>(
  'discrepancies',
  {
    id: 'text',
    organizerId: 'text',
    eventId: 'text',
    orderId: 'text',
    paymentId: 'text',
    provider: 'text',
    kind: 'text',
    subject: 'text',
    amount: 'integer',
    currency: 'text',
    detail: 'text',
    createdAt: 'instant',
    resolvedAt: 'instant',
    resolution: 'text',
    revision: 'integer',
  },
  turns.payment,
);

const messages = defineTable<ProviderMessageRecord>('provider_messages', {
  id: 'text',
  about: 'text',
  subject: 'text',
  outcome: 'text',
  at: 'instant',
  receivedAt: 'instant',
});

const places = columnsOf<PaymentPlace>({ id: 'text', orderId: 'text', eventId: 'text' });

const stranded = columnsOf<StrandedMoney>({ orderId: 'text', kept: 'integer', due: 'integer' });

/** To the letter as in the index `payments_unsettled`: SQLite takes it only then. */
const UNSETTLED = "state IN ('created', 'pending', 'requires_action')";

export function paymentStore(dialect: Dialect): (sql: Sql) => PaymentWrites {
  // A value, not EXISTS: that one PostgreSQL may answer by reading all orders.
  const UNWANTED = `AND (cancel_requested_at IS NOT NULL OR (
    SELECT o.state IN ('paid', 'cancelled') OR o.expires_at <= ?
    FROM ${dialect.table('orders')} AS o WHERE o.id = order_id))`;
  const paymentVerbs = writesOf<PaymentRecord, FilterOf<PaymentWrites['payments']>>(
    dialect,
    payments,
    {
      orderId: leads('order_id'),
      state: leads('state'),
    },
  );
  const refundVerbs = writesOf<RefundRecord, FilterOf<PaymentWrites['refunds']>>(dialect, refunds, {
    orderId: leads('order_id'),
    state: leads('state'),
  });
  const discrepancyVerbs = writesOf<DiscrepancyRecord, FilterOf<PaymentWrites['discrepancies']>>(
    dialect,
    discrepancies,
    {
      organizerId: leads('organizer_id'),
      state: (state) => ({
        where: "CASE WHEN resolved_at IS NULL THEN 'open' ELSE 'resolved' END = ?",
        value: state,
      }),
    },
  );
  // WHERE true: without it SQLite takes ON for the condition of a join.
  const note = statementsOf(dialect, discrepancies).insert(
    ' WHERE true ON CONFLICT (provider, kind, subject) DO NOTHING',
  );
  const message = statementsOf(dialect, messages);
  const keepMessage = message.insert(' WHERE true ON CONFLICT (id) DO NOTHING');
  const payment = statementsOf(dialect, payments);
  const refund = statementsOf(dialect, refunds);
  // A value, not EXISTS, as above.
  const PROVIDER = `(SELECT p.provider FROM ${payment.at} AS p
    WHERE p.id = r.payment_id AND p.event_id = r.event_id)`;
  const order = dialect.table('orders');
  const walkRefunds = walkOf(dialect, refunds, {
    eventId: equals('event_id'),
    organizerId: leads('organizer_id'),
  });
  const refundsOfOrders = lookupAll<RefundRecord>(
    turns.read,
    (sql, orderIds) =>
      sql.rows<RefundRecord>(
        refunds.columns,
        `${refund.select} WHERE ${dialect.among('order_id')} ORDER BY id`,
        [dialect.list(orderIds)],
      ),
    ({ orderId }) => orderId,
  );
  const ofOrders = lookupAll<PaymentRecord>(
    turns.read,
    (sql, orderIds) =>
      sql.rows<PaymentRecord>(
        payments.columns,
        `${payment.select} WHERE ${dialect.among('order_id')} ORDER BY id DESC`,
        [dialect.list(orderIds)],
      ),
    ({ orderId }) => orderId,
  );

  return (sql) => ({
    payments: {
      ...paymentVerbs(sql),
      ofOrders: (orderIds) => sql.ask(ofOrders, orderIds),
      async placesOf(ids) {
        if (ids.length === 0) return [];
        return sql.rows<PaymentPlace>(
          places,
          `SELECT id, order_id, event_id FROM ${payment.at} WHERE ${dialect.among('id')}`,
          [dialect.list(ids)],
        );
      },
      unsettled({ before, providers, unwantedSince, after, limit }) {
        const later = `AND (created_at, id) > (SELECT created_at, id FROM ${payment.at} WHERE id = ?)`;
        return sql.rows<PaymentRecord>(
          payments.columns,
          `${payment.select} WHERE ${UNSETTLED} AND created_at < ? AND ${dialect.among('provider')}
             ${unwantedSince === undefined ? '' : UNWANTED}
             ${after === undefined ? '' : later}
           ORDER BY created_at, id LIMIT ?`,
          [
            before,
            dialect.list(providers),
            ...(unwantedSince === undefined ? [] : [unwantedSince]),
            ...(after === undefined ? [] : [after]),
            limit,
          ],
        );
      },
      settledSince({ provider, since, after, limit }) {
        const later = `AND (settled_at, id) > (SELECT settled_at, id FROM ${payment.at} WHERE id = ?)`;
        return sql.rows<PaymentRecord>(
          payments.columns,
          `${payment.select} WHERE state = 'succeeded' AND provider = ? AND settled_at >= ?
             ${after === undefined ? '' : later}
           ORDER BY settled_at, id LIMIT ?`,
          [provider, since, ...(after === undefined ? [] : [after]), limit],
        );
      },
      async findByRef(provider, providerRef) {
        const found = await sql.rows<PaymentRecord>(
          payments.columns,
          `${payment.select} WHERE provider_ref = ? AND provider = ? ORDER BY id LIMIT 1`,
          [providerRef, provider],
        );
        return found[0];
      },
      strandedMoney: () =>
        sql.rows<StrandedMoney>(
          stranded,
          `SELECT order_id, kept, due FROM (
             SELECT o.id AS order_id,
                    (SELECT count(*) FROM ${payment.at} AS p
                     WHERE p.order_id = o.id AND p.state = 'succeeded'
                       AND NOT EXISTS (SELECT 1 FROM ${refund.at} AS r
                                       WHERE r.payment_id = p.id AND r.order_refund_id IS NULL)) AS kept,
                    CASE WHEN o.state = 'paid' AND o.total > o.credited THEN 1 ELSE 0 END AS due
             FROM ${order} AS o) AS money
           WHERE kept <> due
           ORDER BY order_id`,
        ),
    },
    refunds: {
      ...refundVerbs(sql),
      due: ({ now, providers, after, limit }) =>
        sql.rows<RefundRecord>(
          refunds.columns,
          `${refund.select} AS r WHERE due_at <= ? AND ${dialect.among(PROVIDER)}
             ${after === undefined ? '' : 'AND (due_at, id) > (?, ?)'}
           ORDER BY due_at, id LIMIT ?`,
          [
            now,
            dialect.list(providers),
            ...(after === undefined ? [] : [after.dueAt, after.id]),
            limit,
          ],
        ),
      ofOrder: (orderId) => sql.ask(refundsOfOrders, [orderId]),
      ofOrders: (orderIds) => sql.ask(refundsOfOrders, orderIds),
      walk: walkRefunds(sql),
      async ofOrderRefunds(orderRefundIds) {
        if (orderRefundIds.length === 0) return [];
        return sql.rows<RefundRecord>(
          refunds.columns,
          `${refund.select} WHERE ${dialect.among('order_refund_id')} ORDER BY id`,
          [dialect.list(orderRefundIds)],
        );
      },
      async findByRef(provider, providerRef) {
        const found = await sql.rows<RefundRecord>(
          refunds.columns,
          `${refund.select} AS r WHERE provider_ref = ?
             AND EXISTS (SELECT 1 FROM ${payment.at} AS p WHERE p.id = r.payment_id AND p.provider = ?)
           ORDER BY id LIMIT 1`,
          [providerRef, provider],
        );
        return found[0];
      },
    },
    discrepancies: {
      ...discrepancyVerbs(sql),
      note: async (row) => (await sql.run(...note([row]))) > 0,
    },
    messages: {
      async find(id) {
        const [found] = await sql.rows<ProviderMessageRecord>(messages.columns, message.find, [id]);
        return found;
      },
      insert: async (row) => (await sql.run(...keepMessage([row]))) > 0,
    },
  });
}

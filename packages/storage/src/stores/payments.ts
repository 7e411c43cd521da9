import type {
  PaymentPlace,
  PaymentRecord,
  PaymentWrites,
  RefundRecord,
  StrandedMoney,
} from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { lookupAll, turns } from '../gathering.ts';
import type { Sql } from '../sql.ts';
import { defineTable, type FilterOf, leads, statementsOf, writesOf } from '../table.ts';

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
    amount: 'integer',
    currency: 'text',
    reason: 'text',
    state: 'text',
    providerRef: 'text',
    createdAt: 'instant',
    settledAt: 'instant',
    revision: 'integer',
  },
  turns.payment,
);

const places = columnsOf<PaymentPlace>({ id: 'text', orderId: 'text', eventId: 'text' });

const stranded = columnsOf<StrandedMoney>({ orderId: 'text', kept: 'integer', due: 'integer' });

/** To the letter as in the index `payments_unsettled`: SQLite takes it only then. */
const UNSETTLED = "state IN ('created', 'pending', 'requires_action')";

export function paymentStore(dialect: Dialect): (sql: Sql) => PaymentWrites {
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
  const payment = statementsOf(dialect, payments);
  const refund = statementsOf(dialect, refunds);
  const order = dialect.table('orders');
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
      unsettled({ before, providers, after, limit }) {
        const later = `AND (created_at, id) > (SELECT created_at, id FROM ${payment.at} WHERE id = ?)`;
        return sql.rows<PaymentRecord>(
          payments.columns,
          `${payment.select} WHERE ${UNSETTLED} AND created_at < ? AND ${dialect.among('provider')}
             ${after === undefined ? '' : later}
           ORDER BY created_at, id LIMIT ?`,
          [before, dialect.list(providers), ...(after === undefined ? [] : [after]), limit],
        );
      },
      strandedMoney: () =>
        sql.rows<StrandedMoney>(
          stranded,
          `SELECT order_id, kept, due FROM (
             SELECT o.id AS order_id,
                    (SELECT count(*) FROM ${payment.at} AS p
                     WHERE p.order_id = o.id AND p.state = 'succeeded'
                       AND NOT EXISTS (SELECT 1 FROM ${refund.at} AS r
                                       WHERE r.payment_id = p.id)) AS kept,
                    CASE WHEN o.state = 'paid' AND o.total > o.credited THEN 1 ELSE 0 END AS due
             FROM ${order} AS o) AS money
           WHERE kept <> due
           ORDER BY order_id`,
        ),
    },
    refunds: {
      ...refundVerbs(sql),
      due: (limit) =>
        sql.rows<RefundRecord>(
          refunds.columns,
          `${refund.select} WHERE state IN ('requested', 'failed') ORDER BY revision, id LIMIT ?`,
          [limit],
        ),
      ofOrder: (orderId) =>
        sql.rows<RefundRecord>(refunds.columns, `${refund.select} WHERE order_id = ? ORDER BY id`, [
          orderId,
        ]),
    },
  });
}

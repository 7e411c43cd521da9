import type { PaymentRecord, PaymentWrites, RefundRecord } from '@ticketi/core';
import type { Dialect } from '../dialect/dialect.ts';
import type { Sql } from '../sql.ts';
import { defineTable, type FilterOf, leads, statementsOf, writesOf } from '../table.ts';

const payments = defineTable<PaymentRecord>('payments', {
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
});

const refunds = defineTable<RefundRecord>('refunds', {
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
});

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

  return (sql) => ({
    payments: {
      ...paymentVerbs(sql),
      async ofOrders(orderIds) {
        if (orderIds.length === 0) return [];
        return sql.rows<PaymentRecord>(
          payments.columns,
          `${payment.select} WHERE ${dialect.among('order_id')} ORDER BY id DESC`,
          [dialect.list(orderIds)],
        );
      },
      unsettled: (before, limit) =>
        sql.rows<PaymentRecord>(
          payments.columns,
          `${payment.select} WHERE ${UNSETTLED} AND created_at < ? ORDER BY created_at, id LIMIT ?`,
          [before, limit],
        ),
    },
    refunds: {
      ...refundVerbs(sql),
      due: (limit) =>
        sql.rows<RefundRecord>(
          refunds.columns,
          `${refund.select} WHERE state = 'requested' ORDER BY id LIMIT ?`,
          [limit],
        ),
      ofOrder: (orderId) =>
        sql.rows<RefundRecord>(refunds.columns, `${refund.select} WHERE order_id = ? ORDER BY id`, [
          orderId,
        ]),
    },
  });
}

import type { DeliveryRecord, EndpointRecord, QueueRecord, WebhookWrites } from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { withRows } from '../rows.ts';
import type { Sql } from '../sql.ts';
import { defineTable, equals, type FilterOf, leads, statementsOf, writesOf } from '../table.ts';

const endpoints = defineTable<EndpointRecord>('webhook_endpoints', {
  id: 'text',
  organizerId: 'text',
  url: 'text',
  types: 'json',
  ordered: 'boolean',
  description: 'text',
  state: 'text',
  disabledReason: 'text',
  secret: 'text',
  previousSecret: 'text',
  previousUntil: 'instant',
  createdAt: 'instant',
  revision: 'integer',
});

const queues = defineTable<QueueRecord>('webhook_queues', {
  id: 'text',
  organizerId: 'text',
  dueAt: 'instant',
  leasedUntil: 'instant',
  failingSince: 'instant',
  restingUntil: 'instant',
  revision: 'integer',
});

const deliveries = defineTable<DeliveryRecord>('webhook_deliveries', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  endpointId: 'text',
  outboxId: 'text',
  sequence: 'integer',
  type: 'text',
  state: 'text',
  attempts: 'integer',
  nextAttemptAt: 'instant',
  attemptedAt: 'instant',
  status: 'integer',
  error: 'text',
  response: 'text',
  milliseconds: 'integer',
  createdAt: 'instant',
  revision: 'integer',
});

const nextDue = columnsOf<{ nextDue: string | null }>({ nextDue: 'instant' });

/** What an attempt changes. */
const SETTLED = [
  'state',
  'attempts',
  'next_attempt_at',
  'attempted_at',
  'status',
  'error',
  'response',
  'milliseconds',
];

export function webhookStore(dialect: Dialect): (sql: Sql) => WebhookWrites {
  const endpointVerbs = writesOf<EndpointRecord, FilterOf<WebhookWrites['endpoints']>>(
    dialect,
    endpoints,
    {
      organizerId: leads('organizer_id'),
      states: (value) => ({ where: dialect.among('state'), value: dialect.list(value) }),
    },
  );
  const queueVerbs = writesOf<QueueRecord, FilterOf<WebhookWrites['queues']>>(dialect, queues, {});
  const deliveryVerbs = writesOf<DeliveryRecord, FilterOf<WebhookWrites['deliveries']>>(
    dialect,
    deliveries,
    {
      outboxId: equals('outbox_id'),
      endpointId: leads('endpoint_id'),
      organizerId: leads('organizer_id'),
      state: equals('state'),
    },
  );
  const endpoint = statementsOf(dialect, endpoints);
  const queue = statementsOf(dialect, queues);
  const delivery = statementsOf(dialect, deliveries);

  // WHERE true: without it SQLite takes ON for the condition of a join.
  const enqueue = delivery.insert(' WHERE true ON CONFLICT (endpoint_id, outbox_id) DO NOTHING');
  const enqueueAgain = delivery.insert(` WHERE true
    ON CONFLICT (endpoint_id, outbox_id) DO UPDATE SET
      state = excluded.state, attempts = 0, next_attempt_at = excluded.next_attempt_at,
      revision = ${delivery.at}.revision + 1
    WHERE ${delivery.at}.state <> 'pending'`);
  const settled = [
    ...columnsOf<Pick<DeliveryRecord, 'id'>>({ id: 'text' }),
    ...deliveries.columns.filter(({ name }) => SETTLED.includes(name)),
  ];
  const settle = withRows<DeliveryRecord>(
    dialect,
    settled,
    (from) => `UPDATE ${delivery.at} AS t
      SET ${SETTLED.map((name) => `${name} = d.${name}`).join(', ')}, revision = t.revision + 1
      FROM ${from}
      WHERE t.id = d.id AND ${dialect.among('t.id')} AND t.state = 'pending' AND t.attempts = d.attempts - 1`,
  );

  return (sql) => ({
    endpoints: {
      ...endpointVerbs(sql),
      enabledOf: async (organizerIds) =>
        organizerIds.length === 0
          ? []
          : sql.rows<EndpointRecord>(
              endpoints.columns,
              `${endpoint.select} WHERE ${dialect.among('organizer_id')} AND state = 'enabled' ORDER BY id`,
              [dialect.list(organizerIds)],
            ),
    },
    queues: {
      ...queueVerbs(sql),
      claimable: (now, limit) =>
        sql.rows<QueueRecord>(
          queues.columns,
          `${queue.select} WHERE due_at <= ? AND (leased_until IS NULL OR leased_until <= ?)
           ORDER BY due_at, id LIMIT ? ${dialect.forUpdateSkipLocked}`,
          [now, now, limit],
        ),
    },
    deliveries: {
      ...deliveryVerbs(sql),
      enqueue: async (rows) => (rows.length === 0 ? 0 : sql.run(...enqueue(rows))),
      enqueueAgain: async (rows) => (rows.length === 0 ? 0 : sql.run(...enqueueAgain(rows))),
      due: (endpointId, now, limit) =>
        sql.rows<DeliveryRecord>(
          deliveries.columns,
          `${delivery.select} WHERE endpoint_id = ? AND state = 'pending' AND next_attempt_at <= ?
           ORDER BY next_attempt_at, sequence LIMIT ?`,
          [endpointId, now, limit],
        ),
      async nextDue(endpointId) {
        const [row] = await sql.rows<{ nextDue: string | null }>(
          nextDue,
          `SELECT min(next_attempt_at) AS next_due FROM ${delivery.at}
           WHERE endpoint_id = ? AND state = 'pending'`,
          [endpointId],
        );
        return row?.nextDue ?? undefined;
      },
      settle: async (rows) =>
        rows.length === 0 ? 0 : sql.run(...settle(rows, [dialect.list(rows.map(({ id }) => id))])),
      async giveUp(endpointId, error) {
        await sql.run(
          `UPDATE ${delivery.at} SET state = 'exhausted', next_attempt_at = NULL, error = ?, revision = revision + 1
           WHERE endpoint_id = ? AND state = 'pending'`,
          [error, endpointId],
        );
      },
    },
  });
}

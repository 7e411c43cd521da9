import type { Dialect } from '../../dialect/dialect.ts';

export function webhooks({ ddl, table }: Dialect): readonly string[] {
  const { text, integer, boolean, instant, json } = ddl.type;
  return [
    // The one index that committing facts pays for; numbered, they leave it.
    `CREATE INDEX ${ddl.index('outbox_unnumbered')} ON ${table('outbox')} (id) WHERE sequence IS NULL`,
    `CREATE INDEX ${ddl.index('outbox_sequence')} ON ${table('outbox')} (sequence) WHERE sequence IS NOT NULL`,
    `CREATE TABLE ${table('outbox_cursors')} (
      id ${text} NOT NULL PRIMARY KEY,
      position ${integer} NOT NULL,
      leased_until ${instant},
      revision ${integer} NOT NULL
    ) ${ddl.updatedTable}`,
    // The relay's is the last number that it gave; the others' the last that they read.
    `INSERT INTO ${table('outbox_cursors')} (id, position, leased_until, revision)
      VALUES ('relay', 0, NULL, 1), ('webhooks', 0, NULL, 1)`,
    `CREATE TABLE ${table('outbox_failures')} (
      id ${text} NOT NULL PRIMARY KEY,
      subscriber ${text} NOT NULL,
      outbox_id ${text} NOT NULL,
      sequence ${integer} NOT NULL,
      queue ${text} NOT NULL,
      attempts ${integer} NOT NULL CHECK (attempts >= 0),
      next_attempt_at ${instant},
      error ${text},
      parked_at ${instant},
      created_at ${instant} NOT NULL,
      revision ${integer} NOT NULL,
      UNIQUE (subscriber, outbox_id),
      CHECK ((next_attempt_at IS NULL) = (parked_at IS NOT NULL))
    ) ${ddl.updatedTable}`,
    `CREATE INDEX ${ddl.index('outbox_failures_due')} ON ${table('outbox_failures')} (subscriber, queue, sequence)
      WHERE parked_at IS NULL`,
    `CREATE INDEX ${ddl.index('outbox_failures_entry')} ON ${table('outbox_failures')} (outbox_id)`,
    `CREATE TABLE ${table('webhook_endpoints')} (
      id ${text} NOT NULL PRIMARY KEY,
      organizer_id ${text} NOT NULL REFERENCES ${table('organizers')} (id),
      url ${text} NOT NULL,
      types ${json},
      ordered ${boolean} NOT NULL,
      description ${text},
      state ${text} NOT NULL CHECK (state IN ('enabled', 'disabled', 'removed')),
      disabled_reason ${text} CHECK (disabled_reason IN ('by_member', 'gone', 'failing')),
      secret ${text} NOT NULL,
      previous_secret ${text},
      previous_until ${instant},
      created_at ${instant} NOT NULL,
      revision ${integer} NOT NULL,
      CHECK ((state = 'disabled') = (disabled_reason IS NOT NULL)),
      CHECK ((previous_secret IS NULL) = (previous_until IS NULL))
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('webhook_endpoints_organizer')} ON ${table('webhook_endpoints')} (organizer_id, id)`,
    `CREATE TABLE ${table('webhook_queues')} (
      id ${text} NOT NULL PRIMARY KEY REFERENCES ${table('webhook_endpoints')} (id),
      organizer_id ${text} NOT NULL,
      due_at ${instant},
      leased_until ${instant},
      failing_since ${instant},
      resting_until ${instant},
      revision ${integer} NOT NULL
    ) ${ddl.updatedTable}`,
    `CREATE INDEX ${ddl.index('webhook_queues_due')} ON ${table('webhook_queues')} (due_at, id) WHERE due_at IS NOT NULL`,
    `CREATE TABLE ${table('webhook_deliveries')} (
      id ${text} NOT NULL PRIMARY KEY,
      organizer_id ${text} NOT NULL,
      event_id ${text},
      endpoint_id ${text} NOT NULL REFERENCES ${table('webhook_endpoints')} (id),
      outbox_id ${text} NOT NULL,
      sequence ${integer} NOT NULL,
      type ${text} NOT NULL,
      state ${text} NOT NULL CHECK (state IN ('pending', 'delivered', 'exhausted')),
      attempts ${integer} NOT NULL CHECK (attempts >= 0),
      next_attempt_at ${instant},
      attempted_at ${instant},
      status ${integer},
      error ${text},
      response ${text},
      milliseconds ${integer},
      created_at ${instant} NOT NULL,
      revision ${integer} NOT NULL,
      UNIQUE (endpoint_id, outbox_id),
      CHECK ((state = 'pending') = (next_attempt_at IS NOT NULL))
    ) ${ddl.updatedTable}`,
    `CREATE INDEX ${ddl.index('webhook_deliveries_due')} ON ${table('webhook_deliveries')} (endpoint_id, next_attempt_at, sequence)
      WHERE state = 'pending'`,
    `CREATE INDEX ${ddl.index('webhook_deliveries_endpoint')} ON ${table('webhook_deliveries')} (endpoint_id, id)`,
    `CREATE INDEX ${ddl.index('webhook_deliveries_organizer')} ON ${table('webhook_deliveries')} (organizer_id, id)`,
    `CREATE INDEX ${ddl.index('webhook_deliveries_entry')} ON ${table('webhook_deliveries')} (outbox_id)`,
  ];
}

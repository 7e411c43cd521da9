import type { Dialect } from '../../dialect/dialect.ts';

export function refunds({ ddl, table }: Dialect): readonly string[] {
  const { text, integer, instant, json } = ddl.type;
  return [
    `CREATE TABLE ${table('refund_policies')} (
      id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL REFERENCES ${table('events')} (id),
      terms ${json} NOT NULL,
      instants ${json} NOT NULL,
      created_at ${instant} NOT NULL,
      PRIMARY KEY (id, event_id)
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('refund_policies_event')} ON ${table('refund_policies')} (event_id, id)`,
    `CREATE TABLE ${table('refund_runs')} (
      id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL REFERENCES ${table('events')} (id),
      state ${text} NOT NULL CHECK (state IN ('running', 'done')),
      fees_kept ${ddl.type.boolean} NOT NULL,
      destination ${text} NOT NULL CHECK (destination IN ('original', 'credit')),
      reason ${text},
      currency ${text} NOT NULL,
      cursor ${text},
      made_by ${text} NOT NULL,
      created_at ${instant} NOT NULL,
      done_at ${instant},
      revision ${integer} NOT NULL,
      CHECK ((state = 'done') = (done_at IS NOT NULL)),
      PRIMARY KEY (id, event_id)
    ) ${ddl.updatedTable}`,
    `CREATE INDEX ${ddl.index('refund_runs_event')} ON ${table('refund_runs')} (event_id, id)`,
    // One open run for each event.
    `CREATE UNIQUE INDEX ${ddl.index('refund_runs_open')} ON ${table('refund_runs')} (event_id) WHERE state = 'running'`,
    `CREATE TABLE ${table('order_refunds')} (
      id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      order_id ${text} NOT NULL,
      kind ${text} NOT NULL CHECK (kind IN ('requested', 'event_cancelled', 'postponed', 'goodwill')),
      reason ${text},
      policy ${text} NOT NULL,
      fees_kept ${ddl.type.boolean} NOT NULL,
      percent ${text} NOT NULL,
      currency ${text} NOT NULL,
      amount ${integer} NOT NULL CHECK (amount >= 0),
      units ${json} NOT NULL,
      lines ${json} NOT NULL,
      ticket_ids ${json} NOT NULL,
      platform_fee ${integer} NOT NULL,
      taxes ${json} NOT NULL,
      means ${json} NOT NULL,
      credit ${integer} NOT NULL CHECK (credit BETWEEN 0 AND amount),
      credit_card_id ${text} REFERENCES ${table('gift_cards')} (id),
      run_id ${text},
      made_by ${text} NOT NULL,
      created_at ${instant} NOT NULL,
      CHECK ((credit = 0) = (credit_card_id IS NULL)),
      PRIMARY KEY (id, event_id),
      FOREIGN KEY (order_id, event_id) REFERENCES ${table('orders')} (id, event_id)
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('order_refunds_order')} ON ${table('order_refunds')} (order_id, id)`,
    `CREATE INDEX ${ddl.index('order_refunds_event')} ON ${table('order_refunds')} (event_id, id)`,
    `CREATE INDEX ${ddl.index('order_refunds_organizer')} ON ${table('order_refunds')} (organizer_id, id)`,
    `CREATE INDEX ${ddl.index('order_refunds_card')} ON ${table('order_refunds')} (credit_card_id) WHERE credit_card_id IS NOT NULL`,
    // A run gives back an order once.
    `CREATE UNIQUE INDEX ${ddl.index('order_refunds_run')} ON ${table('order_refunds')} (run_id, order_id, event_id) WHERE run_id IS NOT NULL`,
    `CREATE TABLE ${table('refund_outcomes')} (
      id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      run_id ${text} NOT NULL,
      order_id ${text} NOT NULL,
      state ${text} NOT NULL CHECK (state IN ('refunded', 'to_card', 'nothing_paid', 'already_refunded', 'failed', 'due')),
      amount ${integer} NOT NULL CHECK (amount >= 0),
      reason ${text},
      ticket_ids ${json} NOT NULL,
      order_refund_id ${text},
      at ${instant} NOT NULL,
      revision ${integer} NOT NULL,
      UNIQUE (run_id, order_id, event_id),
      PRIMARY KEY (id, event_id),
      FOREIGN KEY (run_id, event_id) REFERENCES ${table('refund_runs')} (id, event_id)
    ) ${ddl.updatedTable}`,
    `CREATE INDEX ${ddl.index('refund_outcomes_run')} ON ${table('refund_outcomes')} (run_id, id)`,
    `CREATE INDEX ${ddl.index('refund_outcomes_state')} ON ${table('refund_outcomes')} (run_id, state, order_id)`,
  ];
}

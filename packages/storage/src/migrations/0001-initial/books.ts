import type { Dialect } from '../../dialect/dialect.ts';

export function books({ ddl, table }: Dialect): readonly string[] {
  const { text, integer, instant, json } = ddl.type;
  return [
    // What is of no event has an empty one: a key needs it, and a database that is spread by it too.
    `CREATE TABLE ${table('postings')} (
      id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      kind ${text} NOT NULL CHECK (kind IN ('sale', 'resale', 'unexpected_payment', 'refund', 'order_refund', 'claw_back', 'resale_refund', 'payout', 'payout_settled', 'payout_returned', 'gift_card_issue', 'gift_card_refund', 'refund_credit')),
      source_id ${text} NOT NULL,
      currency ${text} NOT NULL,
      at ${instant} NOT NULL,
      UNIQUE (source_id, kind, event_id),
      CHECK (kind IN ('payout', 'payout_settled', 'payout_returned') OR (event_id = '') = (kind = 'gift_card_issue'))
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('postings_event')} ON ${table('postings')} (event_id, at, id)`,
    `CREATE INDEX ${ddl.index('postings_organizer')} ON ${table('postings')} (organizer_id, at, id)`,
    // The key, and the last index: of equals PostgreSQL takes the newest, and where a table has a row
    // or none all are equal. The foreign key of entries would read all postings of an event by another.
    `CREATE UNIQUE INDEX ${ddl.index('postings_key')} ON ${table('postings')} (id, event_id)`,
    `CREATE TABLE ${table('entries')} (
      id ${text} NOT NULL,
      posting_id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      account ${text} NOT NULL CHECK (account IN ('provider_clearing', 'organizer_payable', 'platform_fees', 'seller_payable', 'buyer_credit', 'gift_cards', 'tax_payable', 'payouts_in_transit')),
      party ${text},
      item ${text} NOT NULL CHECK (item IN ('price', 'discount', 'fee', 'absorbed_fee', 'tax', 'tax_relief', 'rounding', 'payment', 'gift_card', 'resale_price', 'seller_fee', 'buyer_fee', 'organizer_share', 'refund', 'payout')),
      currency ${text} NOT NULL,
      amount ${integer} NOT NULL,
      at ${instant} NOT NULL,
      PRIMARY KEY (posting_id, id, event_id),
      FOREIGN KEY (posting_id, event_id) REFERENCES ${table('postings')} (id, event_id)
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('entries_event')} ON ${table('entries')} (event_id, account, currency, at)`,
    `CREATE INDEX ${ddl.index('entries_organizer')} ON ${table('entries')} (organizer_id, account, currency, at)`,
    // Of a ticket, a gift card, a tax rate or a payout.
    `CREATE INDEX ${ddl.index('entries_party')} ON ${table('entries')} (party, at) WHERE party IS NOT NULL`,
    `CREATE TABLE ${table('payouts')} (
      id ${text} NOT NULL PRIMARY KEY,
      organizer_id ${text} NOT NULL REFERENCES ${table('organizers')} (id),
      event_id ${text},
      ticket_id ${text},
      amount ${integer} NOT NULL CHECK (amount BETWEEN 1 AND 999999999999),
      currency ${text} NOT NULL,
      state ${text} NOT NULL CHECK (state IN ('pending', 'paid', 'failed', 'cancelled')),
      reference ${text},
      reason ${text},
      created_at ${instant} NOT NULL,
      settled_at ${instant},
      revision ${integer} NOT NULL,
      CHECK ((state = 'pending') = (settled_at IS NULL)),
      CHECK (reason IS NULL OR state IN ('failed', 'cancelled'))
    ) ${ddl.updatedTable}`,
    `CREATE INDEX ${ddl.index('payouts_organizer')} ON ${table('payouts')} (organizer_id, id)`,
    `CREATE TABLE ${table('outbox')} (
      id ${text} NOT NULL,
      type ${text} NOT NULL,
      version ${integer} NOT NULL,
      organizer_id ${text},
      event_id ${text},
      subject ${text} NOT NULL,
      actor ${text} NOT NULL,
      at ${instant} NOT NULL,
      data ${json} NOT NULL,
      sequence ${integer}
    ) ${ddl.table}`,
    // Not unique: what is of no event has nothing that such a key could be distributed by.
    `CREATE INDEX ${ddl.index('outbox_id')} ON ${table('outbox')} (id)`,
    `CREATE INDEX ${ddl.index('outbox_event')} ON ${table('outbox')} (event_id, id)`,
    `CREATE INDEX ${ddl.index('outbox_organizer')} ON ${table('outbox')} (organizer_id, id)`,
    `CREATE INDEX ${ddl.index('outbox_subject')} ON ${table('outbox')} (subject, id)`,
    `CREATE TABLE ${table('audit')} (
      id ${text} NOT NULL,
      organizer_id ${text},
      event_id ${text},
      operation ${text} NOT NULL,
      actor ${text} NOT NULL,
      subjects ${json} NOT NULL,
      at ${instant} NOT NULL
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('audit_id')} ON ${table('audit')} (id)`,
    `CREATE INDEX ${ddl.index('audit_event')} ON ${table('audit')} (event_id, id)`,
    `CREATE INDEX ${ddl.index('audit_organizer')} ON ${table('audit')} (organizer_id, id)`,
    `CREATE TABLE ${table('idempotency')} (
      id ${text} NOT NULL PRIMARY KEY,
      input_hash ${text} NOT NULL,
      output ${json},
      created_at ${instant} NOT NULL,
      expires_at ${instant} NOT NULL
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('idempotency_expiry')} ON ${table('idempotency')} (expires_at)`,
    `CREATE TABLE ${table('leases')} (
      name ${text} NOT NULL PRIMARY KEY,
      until ${instant} NOT NULL
    ) ${ddl.updatedTable}`,
    `CREATE TABLE ${table('secrets')} (
      id ${text} NOT NULL PRIMARY KEY CHECK (id = 'secret'),
      secret ${text} NOT NULL,
      created_at ${instant} NOT NULL
    ) ${ddl.table}`,
  ];
}

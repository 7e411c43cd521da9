import type { Dialect } from '../../dialect/dialect.ts';

export function books({ ddl, table }: Dialect): readonly string[] {
  const { text, integer, instant, json } = ddl.type;
  return [
    // What is of no event has an empty one: a key needs it, and a database that is spread by it too.
    `CREATE TABLE ${table('postings')} (
      id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      kind ${text} NOT NULL CHECK (kind IN ('sale', 'resale', 'unexpected_payment', 'refund', 'gift_card_issue', 'gift_card_refund')),
      source_id ${text} NOT NULL,
      currency ${text} NOT NULL,
      at ${instant} NOT NULL,
      UNIQUE (source_id, kind, event_id),
      CHECK ((event_id = '') = (kind = 'gift_card_issue')),
      PRIMARY KEY (id, event_id)
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('postings_event')} ON ${table('postings')} (event_id, id)`,
    `CREATE INDEX ${ddl.index('postings_organizer')} ON ${table('postings')} (organizer_id, id)`,
    `CREATE TABLE ${table('entries')} (
      id ${text} NOT NULL,
      posting_id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      account ${text} NOT NULL CHECK (account IN ('provider_clearing', 'organizer_payable', 'platform_fees', 'seller_payable', 'buyer_credit', 'gift_cards')),
      party ${text},
      currency ${text} NOT NULL,
      amount ${integer} NOT NULL,
      PRIMARY KEY (posting_id, id, event_id),
      FOREIGN KEY (posting_id, event_id) REFERENCES ${table('postings')} (id, event_id)
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('entries_event')} ON ${table('entries')} (event_id)`,
    `CREATE INDEX ${ddl.index('entries_organizer')} ON ${table('entries')} (organizer_id)`,
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
    `CREATE TABLE ${table('secrets')} (
      id ${text} NOT NULL PRIMARY KEY CHECK (id = 'secret'),
      secret ${text} NOT NULL,
      created_at ${instant} NOT NULL
    ) ${ddl.table}`,
  ];
}

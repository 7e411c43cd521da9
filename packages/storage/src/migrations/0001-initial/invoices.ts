import type { Dialect } from '../../dialect/dialect.ts';

/**
 * Numbers run through all events of an organizer, so these tables are kept by
 * organizer: no key of theirs has the event, and none leads to orders, which do.
 */
export function invoices({ ddl, table }: Dialect): readonly string[] {
  const { text, integer, instant, json } = ddl.type;
  return [
    `CREATE TABLE ${table('issuers')} (
      id ${text} NOT NULL PRIMARY KEY REFERENCES ${table('organizers')} (id),
      legal_name ${text} NOT NULL,
      address ${json} NOT NULL,
      tax_ids ${json} NOT NULL,
      email ${text},
      bank_details ${text},
      payment_terms ${text},
      footer ${text},
      timezone ${text} NOT NULL,
      number_prefix ${text} NOT NULL,
      invoice_format ${text} NOT NULL,
      credit_note_format ${text} NOT NULL,
      issue ${text} NOT NULL CHECK (issue IN ('on_request', 'when_paid')),
      followed_to ${instant} NOT NULL,
      begins_after ${text} NOT NULL,
      updated_at ${instant} NOT NULL,
      revision ${integer} NOT NULL
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('issuers_when_paid')} ON ${table('issuers')} (id) WHERE issue = 'when_paid'`,
    `CREATE TABLE ${table('invoice_series')} (
      organizer_id ${text} NOT NULL REFERENCES ${table('organizers')} (id),
      kind ${text} NOT NULL,
      year ${integer} NOT NULL,
      last_number ${integer} NOT NULL CHECK (last_number > 0),
      PRIMARY KEY (organizer_id, kind, year)
    ) ${ddl.updatedTable}`,
    `CREATE TABLE ${table('invoices')} (
      id ${text} NOT NULL PRIMARY KEY,
      organizer_id ${text} NOT NULL REFERENCES ${table('organizers')} (id),
      event_id ${text} NOT NULL,
      order_id ${text} NOT NULL,
      kind ${text} NOT NULL CHECK (kind IN ('invoice', 'credit_note')),
      invoice_id ${text} REFERENCES ${table('invoices')} (id),
      invoice_number ${text},
      refund_id ${text},
      reason ${text},
      replaces ${integer} NOT NULL CHECK (replaces >= 0),
      year ${integer} NOT NULL,
      sequence ${integer} NOT NULL CHECK (sequence > 0),
      number ${text} NOT NULL,
      currency ${text} NOT NULL,
      total ${integer} NOT NULL CHECK (total BETWEEN 1 AND 999999999999),
      content ${json} NOT NULL,
      issued_at ${instant} NOT NULL,
      UNIQUE (organizer_id, kind, year, sequence),
      UNIQUE (organizer_id, kind, number),
      CHECK ((kind = 'credit_note') = (invoice_id IS NOT NULL)),
      CHECK ((kind = 'credit_note') = (reason IS NOT NULL))
    ) ${ddl.table}`,
    // One invoice for each order, and one after each that was credited in full.
    `CREATE UNIQUE INDEX ${ddl.index('invoices_once')} ON ${table('invoices')} (order_id, replaces) WHERE kind = 'invoice'`,
    // One credit note for each refund.
    `CREATE UNIQUE INDEX ${ddl.index('invoices_refund')} ON ${table('invoices')} (refund_id) WHERE refund_id IS NOT NULL`,
    `CREATE INDEX ${ddl.index('invoices_organizer')} ON ${table('invoices')} (organizer_id, id)`,
    `CREATE INDEX ${ddl.index('invoices_event')} ON ${table('invoices')} (event_id, id)`,
    `CREATE INDEX ${ddl.index('invoices_order')} ON ${table('invoices')} (order_id, id)`,
    `CREATE INDEX ${ddl.index('invoices_credits')} ON ${table('invoices')} (invoice_id, id) WHERE invoice_id IS NOT NULL`,
  ];
}

import type { Dialect } from '../../dialect/dialect.ts';

export function door({ ddl, table }: Dialect): readonly string[] {
  const { text, integer, boolean, instant } = ddl.type;
  return [
    `CREATE TABLE ${table('code_policies')} (
      id ${text} NOT NULL PRIMARY KEY REFERENCES ${table('events')} (id),
      organizer_id ${text} NOT NULL,
      rotating ${boolean} NOT NULL CHECK (rotating IN (true, false)),
      door_key_number ${integer} NOT NULL CHECK (door_key_number > 0),
      revision ${integer} NOT NULL
    ) ${ddl.table}`,
    `CREATE TABLE ${table('revocations')} (
      id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      reason ${text} NOT NULL,
      issue ${integer} NOT NULL,
      revoked_at ${instant} NOT NULL,
      sequence ${integer} CHECK (sequence > 0),
      PRIMARY KEY (id, event_id),
      FOREIGN KEY (id, event_id) REFERENCES ${table('tickets')} (id, event_id)
    ) ${ddl.updatedTable}`,
    `CREATE INDEX ${ddl.index('revocations_event')} ON ${table('revocations')} (event_id, id)`,
    `CREATE UNIQUE INDEX ${ddl.index('revocations_sequence')} ON ${table('revocations')} (event_id, sequence) WHERE sequence IS NOT NULL`,
    `CREATE INDEX ${ddl.index('revocations_unnumbered')} ON ${table('revocations')} (event_id, id) WHERE sequence IS NULL`,
    // Under its lock the revocations of an event get their numbers.
    `CREATE TABLE ${table('revocation_heads')} (
      event_id ${text} NOT NULL PRIMARY KEY,
      last_number ${integer} NOT NULL CHECK (last_number >= 0)
    ) ${ddl.hotTable}`,
    // What was shown may be no ticket of ours at all: ticket_id refers to nothing.
    `CREATE TABLE ${table('scans')} (
      id ${text} NOT NULL,
      scan_id ${text},
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      code_digest ${text} NOT NULL,
      admitted ${boolean} NOT NULL CHECK (admitted IN (true, false)),
      reason ${text},
      why ${text},
      ticket_id ${text},
      holder_name ${text},
      ticket_name ${text},
      gate ${text},
      first_admitted_at ${instant},
      first_admitted_gate ${text},
      at ${instant} NOT NULL,
      CHECK (admitted = (reason IS NULL)),
      PRIMARY KEY (id, event_id)
    ) ${ddl.table}`,
    `CREATE UNIQUE INDEX ${ddl.index('scans_scan')} ON ${table('scans')} (event_id, scan_id) WHERE scan_id IS NOT NULL`,
    `CREATE INDEX ${ddl.index('scans_event')} ON ${table('scans')} (event_id, id)`,
    `CREATE INDEX ${ddl.index('scans_ticket')} ON ${table('scans')} (ticket_id, id) WHERE ticket_id IS NOT NULL`,
  ];
}

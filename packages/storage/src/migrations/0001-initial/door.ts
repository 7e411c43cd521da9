import type { Dialect } from '../../dialect/dialect.ts';

export function door({ ddl, table }: Dialect): readonly string[] {
  const { text, integer, boolean, instant, json } = ddl.type;
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
    `CREATE TABLE ${table('checkin_lists')} (
      id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL REFERENCES ${table('events')} (id),
      name ${text} NOT NULL,
      ticket_type_ids ${json},
      session_ids ${json},
      opens ${json},
      closes ${json},
      opens_at ${instant},
      closes_at ${instant},
      entries ${json} NOT NULL,
      exits ${boolean} NOT NULL CHECK (exits IN (true, false)),
      reentry ${boolean} NOT NULL CHECK (reentry IN (true, false)),
      gates ${json},
      archived_at ${instant},
      created_at ${instant} NOT NULL,
      revision ${integer} NOT NULL,
      CHECK (closes_at > opens_at),
      PRIMARY KEY (id, event_id)
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('checkin_lists_event')} ON ${table('checkin_lists')} (event_id, id)`,
    // list_id is the event's where it has no list. No foreign key: each scan writes one of these.
    `CREATE TABLE ${table('presences')} (
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      list_id ${text} NOT NULL,
      admission_id ${text} NOT NULL,
      ticket_type_id ${text} NOT NULL,
      entries ${integer} NOT NULL CHECK (entries >= 0),
      inside ${boolean} NOT NULL CHECK (inside IN (true, false)),
      first_at ${instant},
      first_gate ${text},
      last_at ${instant},
      last_gate ${text},
      last_day ${text},
      left_at ${instant},
      revision ${integer} NOT NULL,
      CHECK ((entries > 0) = (first_at IS NOT NULL)),
      PRIMARY KEY (event_id, list_id, admission_id)
    ) ${ddl.table}`,
    // What was shown may be no ticket of ours at all: ticket_id refers to nothing.
    `CREATE TABLE ${table('scans')} (
      id ${text} NOT NULL,
      scan_id ${text},
      device_id ${text},
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      list_id ${text},
      code_digest ${text} NOT NULL,
      direction ${text} NOT NULL CHECK (direction IN ('entry', 'exit')),
      admitted ${boolean} NOT NULL CHECK (admitted IN (true, false)),
      reason ${text},
      why ${text},
      ticket_id ${text},
      admission_id ${text},
      ticket_type_id ${text},
      holder_name ${text},
      attendee_name ${text},
      ticket_name ${text},
      seat ${text},
      gate ${text},
      last_admitted_at ${instant},
      last_admitted_gate ${text},
      at ${instant} NOT NULL,
      received_at ${instant},
      counts ${boolean} NOT NULL CHECK (counts IN (true, false)),
      finding ${text},
      finding_why ${text},
      undone_at ${instant},
      undone_by ${text},
      undo_reason ${text},
      revision ${integer} NOT NULL,
      CHECK (admitted = (reason IS NULL)),
      CHECK (counts = (admitted AND finding IS NULL AND undone_at IS NULL)),
      CHECK ((device_id IS NULL) = (received_at IS NULL)),
      PRIMARY KEY (id, event_id)
    ) ${ddl.table}`,
    `CREATE UNIQUE INDEX ${ddl.index('scans_scan')} ON ${table('scans')} (event_id, scan_id) WHERE scan_id IS NOT NULL`,
    `CREATE INDEX ${ddl.index('scans_event')} ON ${table('scans')} (event_id, id)`,
    `CREATE INDEX ${ddl.index('scans_place')} ON ${table('scans')} (admission_id, id) WHERE admission_id IS NOT NULL`,
  ];
}

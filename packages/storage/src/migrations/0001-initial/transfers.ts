import type { Dialect } from '../../dialect/dialect.ts';

/** Offers of tickets to somebody else, and the rules for them. */
export function transfers({ ddl, table }: Dialect): readonly string[] {
  const { text, integer, instant, json } = ddl.type;
  return [
    `CREATE TABLE ${table('transfer_policies')} (
      id ${text} NOT NULL PRIMARY KEY REFERENCES ${table('events')} (id),
      organizer_id ${text} NOT NULL,
      terms ${json} NOT NULL,
      revision ${integer} NOT NULL
    ) ${ddl.table}`,
    `CREATE TABLE ${table('transfers')} (
      id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      tickets ${json} NOT NULL,
      from_name ${text} NOT NULL,
      from_email ${text} NOT NULL,
      from_user_id ${text},
      from_access_id ${text} NOT NULL,
      to_email ${text},
      to_user_id ${text},
      message ${text},
      state ${text} NOT NULL
        CHECK (state IN ('open', 'accepted', 'declined', 'cancelled', 'expired', 'invalidated')),
      created_at ${instant} NOT NULL,
      expires_at ${instant} NOT NULL,
      closed_at ${instant},
      accepted_ticket_ids ${json},
      revision ${integer} NOT NULL,
      CHECK ((state = 'open') = (closed_at IS NULL)),
      CHECK ((state = 'accepted') = (accepted_ticket_ids IS NOT NULL)),
      CHECK ((to_email IS NULL) <> (to_user_id IS NULL)),
      PRIMARY KEY (id, event_id)
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('transfers_event')} ON ${table('transfers')} (event_id, id)`,
    `CREATE INDEX ${ddl.index('transfers_open')} ON ${table('transfers')} (event_id, id) WHERE state = 'open'`,
    `CREATE INDEX ${ddl.index('transfers_organizer')} ON ${table('transfers')} (organizer_id, id)`,
    `CREATE INDEX ${ddl.index('transfers_from')} ON ${table('transfers')} (from_user_id, id) WHERE from_user_id IS NOT NULL`,
    `CREATE INDEX ${ddl.index('transfers_guest')} ON ${table('transfers')} (from_access_id, id)`,
    `CREATE INDEX ${ddl.index('transfers_to')} ON ${table('transfers')} (to_user_id, id) WHERE to_user_id IS NOT NULL`,
    `CREATE INDEX ${ddl.index('transfers_due')} ON ${table('transfers')} (expires_at, id) WHERE state = 'open'`,
    // One open offer for each ticket: its id is the ticket's.
    `CREATE TABLE ${table('offered_tickets')} (
      id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      transfer_id ${text} NOT NULL,
      PRIMARY KEY (id, event_id),
      FOREIGN KEY (id, event_id) REFERENCES ${table('tickets')} (id, event_id),
      FOREIGN KEY (transfer_id, event_id) REFERENCES ${table('transfers')} (id, event_id)
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('offered_tickets_transfer')} ON ${table('offered_tickets')} (transfer_id)`,
  ];
}

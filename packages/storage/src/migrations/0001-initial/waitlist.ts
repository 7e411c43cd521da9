import type { Dialect } from '../../dialect/dialect.ts';

export function waitlist({ ddl, table }: Dialect): readonly string[] {
  const { text, integer, instant, json } = ddl.type;
  return [
    `CREATE TABLE ${table('waitlist_policies')} (
      id ${text} NOT NULL PRIMARY KEY REFERENCES ${table('events')} (id),
      organizer_id ${text} NOT NULL,
      terms ${json} NOT NULL,
      revision ${integer} NOT NULL
    ) ${ddl.table}`,
    `CREATE TABLE ${table('waitlist_entries')} (
      id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL REFERENCES ${table('events')} (id),
      user_id ${text},
      name ${text} NOT NULL,
      email ${text} NOT NULL,
      buyer_key ${text} NOT NULL,
      ticket_type_ids ${json} NOT NULL,
      quantity ${integer} NOT NULL,
      min_quantity ${integer} NOT NULL,
      priority ${integer} NOT NULL,
      place ${text} NOT NULL,
      misses ${integer} NOT NULL,
      state ${text} NOT NULL CHECK (state IN ('waiting', 'offered', 'accepted', 'ended')),
      ended_for ${text} CHECK (ended_for IN ('left', 'removed', 'missed', 'limit', 'cancelled', 'over')),
      joined_at ${instant} NOT NULL,
      revision ${integer} NOT NULL,
      CHECK ((state = 'ended') = (ended_for IS NOT NULL)),
      CHECK (min_quantity BETWEEN 1 AND quantity),
      PRIMARY KEY (id, event_id)
    ) ${ddl.updatedTable}`,
    // One waits once at an event.
    `CREATE UNIQUE INDEX ${ddl.index('waitlist_entries_active')} ON ${table('waitlist_entries')} (event_id, buyer_key)
      WHERE state IN ('waiting', 'offered')`,
    `CREATE INDEX ${ddl.index('waitlist_entries_order')} ON ${table('waitlist_entries')} (event_id, place)
      WHERE state = 'waiting'`,
    `CREATE INDEX ${ddl.index('waitlist_entries_event')} ON ${table('waitlist_entries')} (event_id, id)`,
    `CREATE INDEX ${ddl.index('waitlist_entries_user')} ON ${table('waitlist_entries')} (user_id, id)`,
    `CREATE TABLE ${table('waitlist_wishes')} (
      entry_id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      ticket_type_id ${text} NOT NULL,
      quantity ${integer} NOT NULL,
      min_quantity ${integer} NOT NULL,
      PRIMARY KEY (entry_id, event_id, ticket_type_id),
      FOREIGN KEY (entry_id, event_id) REFERENCES ${table('waitlist_entries')} (id, event_id)
    ) ${ddl.table}`,
    // What keeps the public out is read along it alone.
    `CREATE INDEX ${ddl.index('waitlist_wishes_event')} ON ${table('waitlist_wishes')} (event_id, ticket_type_id, min_quantity, quantity)`,
    `CREATE TABLE ${table('waitlist_offers')} (
      id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      entry_id ${text} NOT NULL,
      hold_id ${text} NOT NULL,
      ticket_type_id ${text} NOT NULL,
      quantity ${integer} NOT NULL CHECK (quantity > 0),
      state ${text} NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'expired', 'withdrawn')),
      claimed_at ${instant},
      created_at ${instant} NOT NULL,
      revision ${integer} NOT NULL,
      PRIMARY KEY (id, event_id),
      UNIQUE (hold_id, event_id),
      FOREIGN KEY (entry_id, event_id) REFERENCES ${table('waitlist_entries')} (id, event_id),
      FOREIGN KEY (hold_id, event_id) REFERENCES ${table('holds')} (id, event_id)
    ) ${ddl.updatedTable}`,
    `CREATE UNIQUE INDEX ${ddl.index('waitlist_offers_open')} ON ${table('waitlist_offers')} (entry_id, event_id) WHERE state = 'open'`,
    `CREATE INDEX ${ddl.index('waitlist_offers_due')} ON ${table('waitlist_offers')} (event_id, id) WHERE state = 'open'`,
    `CREATE INDEX ${ddl.index('waitlist_offers_event')} ON ${table('waitlist_offers')} (event_id, id)`,
  ];
}

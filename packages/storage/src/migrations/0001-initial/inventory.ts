import type { Dialect } from '../../dialect/dialect.ts';

export function inventory({ ddl, table }: Dialect): readonly string[] {
  const { text, integer, instant, json } = ddl.type;
  return [
    `CREATE TABLE ${table('pools')} (
      id ${text} NOT NULL PRIMARY KEY,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL REFERENCES ${table('events')} (id),
      session_id ${text} REFERENCES ${table('sessions')} (id),
      name ${text} NOT NULL,
      revision ${integer} NOT NULL
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('pools_event')} ON ${table('pools')} (event_id, id)`,
    // No index but its key, and none on what changes: an update stays on its page.
    `CREATE TABLE ${table('counters')} (
      event_id ${text} NOT NULL,
      target_id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      capacity ${integer},
      claimed ${integer} NOT NULL,
      PRIMARY KEY (event_id, target_id),
      CHECK (claimed >= 0 AND (capacity IS NULL OR claimed <= capacity))
    ) ${ddl.hotTable}`,
    `CREATE TABLE ${table('holds')} (
      id ${text} NOT NULL PRIMARY KEY,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      state ${text} NOT NULL CHECK (state IN ('active', 'ordered', 'released')),
      user_id ${text},
      items ${json} NOT NULL,
      listing_id ${text},
      quote ${json} NOT NULL,
      expires_at ${instant} NOT NULL,
      created_at ${instant} NOT NULL,
      revision ${integer} NOT NULL
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('holds_event')} ON ${table('holds')} (event_id, id)`,
    `CREATE INDEX ${ddl.index('holds_user')} ON ${table('holds')} (user_id, id) WHERE user_id IS NOT NULL`,
    `CREATE TABLE ${table('claims')} (
      id ${text} NOT NULL PRIMARY KEY,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      target_id ${text} NOT NULL,
      hold_id ${text} NOT NULL REFERENCES ${table('holds')} (id),
      units ${integer} NOT NULL CHECK (units > 0),
      expires_at ${instant},
      released_at ${instant}
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('claims_hold')} ON ${table('claims')} (event_id, hold_id)`,
    `CREATE INDEX ${ddl.index('claims_lapsing')} ON ${table('claims')} (event_id, target_id, expires_at)
      WHERE released_at IS NULL AND expires_at IS NOT NULL`,
  ];
}

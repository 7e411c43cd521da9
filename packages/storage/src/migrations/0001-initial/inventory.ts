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
      id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      state ${text} NOT NULL CHECK (state IN ('active', 'ordered', 'released')),
      user_id ${text},
      items ${json} NOT NULL,
      listing_id ${text},
      quote ${json} NOT NULL,
      buyer_key ${text},
      asked ${json},
      limits ${json} NOT NULL,
      expires_at ${instant} NOT NULL,
      extended_at ${instant},
      created_at ${instant} NOT NULL,
      revision ${integer} NOT NULL,
      PRIMARY KEY (id, event_id)
    ) ${ddl.updatedTable}`,
    `CREATE INDEX ${ddl.index('holds_event')} ON ${table('holds')} (event_id, id)`,
    `CREATE INDEX ${ddl.index('holds_user')} ON ${table('holds')} (user_id, id) WHERE user_id IS NOT NULL`,
    `CREATE TABLE ${table('blocks')} (
      id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL REFERENCES ${table('events')} (id),
      pool_id ${text} REFERENCES ${table('pools')} (id),
      session_id ${text} REFERENCES ${table('sessions')} (id),
      seats ${json},
      units ${integer} NOT NULL CHECK (units > 0),
      released ${integer} NOT NULL CHECK (released BETWEEN 0 AND units),
      reason ${text} NOT NULL,
      code_id ${text},
      state ${text} NOT NULL CHECK (state IN ('active', 'released')),
      created_at ${instant} NOT NULL,
      released_at ${instant},
      revision ${integer} NOT NULL,
      CHECK ((pool_id IS NULL) = (session_id IS NOT NULL)),
      CHECK ((session_id IS NULL) = (seats IS NULL)),
      CHECK ((state = 'released') = (released = units)),
      CHECK ((state = 'released') = (released_at IS NOT NULL)),
      PRIMARY KEY (id, event_id)
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('blocks_event')} ON ${table('blocks')} (event_id, id)`,
    `CREATE INDEX ${ddl.index('blocks_code')} ON ${table('blocks')} (code_id, id) WHERE code_id IS NOT NULL`,
    // A hold or a block is the claimant: two tables, so no foreign key can lead there. `doctor`
    // proves instead that whoever has live claims is there and live.
    `CREATE TABLE ${table('claims')} (
      id ${text} NOT NULL,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      target_id ${text} NOT NULL,
      claimant_id ${text} NOT NULL,
      units ${integer} NOT NULL CHECK (units > 0),
      claimed_at ${instant} NOT NULL,
      expires_at ${instant},
      paid_at ${instant},
      released_at ${instant},
      CHECK (paid_at IS NULL OR expires_at IS NULL),
      PRIMARY KEY (id, event_id)
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('claims_claimant')} ON ${table('claims')} (event_id, claimant_id)`,
    `CREATE INDEX ${ddl.index('claims_lapsing')} ON ${table('claims')} (event_id, target_id, expires_at)
      WHERE released_at IS NULL AND expires_at IS NOT NULL`,
  ];
}

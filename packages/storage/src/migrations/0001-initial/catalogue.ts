import type { Dialect } from '../../dialect/dialect.ts';

export function catalogue({ ddl, table }: Dialect): readonly string[] {
  const { text, integer, instant, json } = ddl.type;
  return [
    `CREATE TABLE ${table('organizers')} (
      id ${text} NOT NULL PRIMARY KEY,
      name ${text} NOT NULL,
      created_at ${instant} NOT NULL,
      revision ${integer} NOT NULL
    ) ${ddl.table}`,
    `CREATE TABLE ${table('members')} (
      id ${text} NOT NULL PRIMARY KEY,
      organizer_id ${text} NOT NULL REFERENCES ${table('organizers')} (id),
      user_id ${text} NOT NULL,
      role ${text} NOT NULL CHECK (role IN ('owner', 'manager', 'box_office', 'scanner', 'analyst')),
      created_at ${instant} NOT NULL,
      revision ${integer} NOT NULL,
      UNIQUE (organizer_id, user_id)
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('members_user')} ON ${table('members')} (user_id, id)`,
    `CREATE TABLE ${table('signing_keys')} (
      id ${text} NOT NULL PRIMARY KEY,
      organizer_id ${text} NOT NULL REFERENCES ${table('organizers')} (id),
      public_key ${text} NOT NULL,
      private_key ${text} NOT NULL,
      created_at ${instant} NOT NULL,
      retired_at ${instant}
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('signing_keys_organizer')} ON ${table('signing_keys')} (organizer_id, id)`,
    `CREATE TABLE ${table('events')} (
      id ${text} NOT NULL PRIMARY KEY,
      organizer_id ${text} NOT NULL REFERENCES ${table('organizers')} (id),
      slug ${text} NOT NULL,
      name ${text} NOT NULL,
      description ${text} NOT NULL,
      category ${text},
      tags ${json} NOT NULL,
      venue ${text},
      timezone ${text} NOT NULL,
      currency ${text} NOT NULL,
      visibility ${text} NOT NULL CHECK (visibility IN ('public', 'unlisted', 'private')),
      max_per_order ${integer} CHECK (max_per_order > 0),
      max_per_buyer ${integer} CHECK (max_per_buyer > 0),
      state ${text} NOT NULL CHECK (state IN ('draft', 'published', 'postponed', 'completed', 'cancelled')),
      created_at ${instant} NOT NULL,
      published_at ${instant},
      cancelled_at ${instant},
      cancel_reason ${text},
      revision ${integer} NOT NULL,
      UNIQUE (organizer_id, slug),
      CHECK ((state = 'cancelled') = (cancelled_at IS NOT NULL))
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('events_organizer')} ON ${table('events')} (organizer_id, id)`,
    `CREATE INDEX ${ddl.index('events_state')} ON ${table('events')} (state, visibility, id)`,
    `CREATE TABLE ${table('series')} (
      id ${text} NOT NULL PRIMARY KEY,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL REFERENCES ${table('events')} (id),
      rule ${text} NOT NULL,
      starts_at ${text} NOT NULL,
      ends_at ${text},
      duration_minutes ${integer},
      except_dates ${json} NOT NULL,
      also_on ${json} NOT NULL,
      created_at ${instant} NOT NULL,
      CHECK ((ends_at IS NULL) <> (duration_minutes IS NULL))
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('series_event')} ON ${table('series')} (event_id, id)`,
    `CREATE TABLE ${table('sessions')} (
      id ${text} NOT NULL PRIMARY KEY,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL REFERENCES ${table('events')} (id),
      name ${text},
      starts_at ${instant} NOT NULL,
      ends_at ${instant} NOT NULL,
      doors_at ${instant},
      state ${text} NOT NULL CHECK (state IN ('scheduled', 'cancelled')),
      series_id ${text} REFERENCES ${table('series')} (id),
      occurrence ${text},
      revision ${integer} NOT NULL,
      CHECK ((series_id IS NULL) = (occurrence IS NULL))
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('sessions_event')} ON ${table('sessions')} (event_id, starts_at, id)`,
    `CREATE TABLE ${table('ticket_types')} (
      id ${text} NOT NULL PRIMARY KEY,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL REFERENCES ${table('events')} (id),
      name ${text} NOT NULL,
      description ${text} NOT NULL,
      price ${integer} NOT NULL CHECK (price >= 0),
      draws ${json} NOT NULL,
      seating ${json},
      session_ids ${json},
      sale_from ${instant},
      sale_until ${instant},
      max_per_order ${integer} NOT NULL CHECK (max_per_order > 0),
      max_per_buyer ${integer} CHECK (max_per_buyer > 0),
      max_in_all ${integer} CHECK (max_in_all > 0),
      state ${text} NOT NULL CHECK (state IN ('on_sale', 'off_sale')),
      revision ${integer} NOT NULL
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('ticket_types_event')} ON ${table('ticket_types')} (event_id, id)`,
    `CREATE TABLE ${table('codes')} (
      id ${text} NOT NULL PRIMARY KEY,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL REFERENCES ${table('events')} (id),
      code ${text} NOT NULL,
      code_key ${text} NOT NULL,
      discount ${json} NOT NULL,
      valid_from ${instant},
      valid_until ${instant},
      ticket_type_ids ${json},
      state ${text} NOT NULL CHECK (state IN ('active', 'disabled')),
      created_at ${instant} NOT NULL,
      revision ${integer} NOT NULL,
      UNIQUE (event_id, code_key)
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('codes_event')} ON ${table('codes')} (event_id, id)`,
    `CREATE TABLE ${table('fees')} (
      id ${text} NOT NULL PRIMARY KEY,
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL UNIQUE REFERENCES ${table('events')} (id),
      name ${text} NOT NULL,
      percent ${text} NOT NULL,
      fixed ${integer} NOT NULL CHECK (fixed >= 0),
      per ${text} NOT NULL CHECK (per IN ('ticket', 'order')),
      mode ${text} NOT NULL CHECK (mode IN ('passed_on', 'absorbed')),
      revision ${integer} NOT NULL
    ) ${ddl.table}`,
    `CREATE TABLE ${table('resale_policies')} (
      id ${text} NOT NULL PRIMARY KEY REFERENCES ${table('events')} (id),
      organizer_id ${text} NOT NULL,
      terms ${json} NOT NULL,
      revision ${integer} NOT NULL
    ) ${ddl.table}`,
  ];
}

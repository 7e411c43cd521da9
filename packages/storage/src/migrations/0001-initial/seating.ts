import type { Dialect } from '../../dialect/dialect.ts';

export function seating({ ddl, table }: Dialect): readonly string[] {
  const { text, integer, instant, json } = ddl.type;
  return [
    `CREATE TABLE ${table('seat_maps')} (
      id ${text} NOT NULL PRIMARY KEY,
      organizer_id ${text} NOT NULL REFERENCES ${table('organizers')} (id),
      name ${text} NOT NULL,
      seats ${integer} NOT NULL CHECK (seats >= 0),
      general_places ${integer} NOT NULL CHECK (general_places >= 0),
      created_at ${instant} NOT NULL
    ) ${ddl.table}`,
    `CREATE INDEX ${ddl.index('seat_maps_organizer')} ON ${table('seat_maps')} (organizer_id, id)`,
    // Apart, because lists of maps have no use for documents of a megabyte.
    `CREATE TABLE ${table('seat_map_documents')} (
      id ${text} NOT NULL PRIMARY KEY REFERENCES ${table('seat_maps')} (id),
      document ${json} NOT NULL
    ) ${ddl.table}`,
    `CREATE TABLE ${table('seatings')} (
      id ${text} NOT NULL PRIMARY KEY REFERENCES ${table('sessions')} (id),
      organizer_id ${text} NOT NULL,
      event_id ${text} NOT NULL,
      seat_map_id ${text} NOT NULL REFERENCES ${table('seat_maps')} (id),
      pools ${json} NOT NULL,
      revision ${integer} NOT NULL
    ) ${ddl.table}`,
    // What is taken of a session's seats, and what changed of it lately. Claims on anything else
    // are not in these indexes and do not pay for them.
    `CREATE INDEX ${ddl.index('claims_seats')} ON ${table('claims')} (event_id, target_id, expires_at, paid_at)
      WHERE released_at IS NULL AND substr(target_id, 1, 4) = 'ses_'`,
    `CREATE INDEX ${ddl.index('claims_seats_claimed')} ON ${table('claims')} (event_id, claimed_at)
      WHERE substr(target_id, 1, 4) = 'ses_'`,
    `CREATE INDEX ${ddl.index('claims_seats_released')} ON ${table('claims')} (event_id, released_at)
      WHERE released_at IS NOT NULL AND substr(target_id, 1, 4) = 'ses_'`,
  ];
}

import type { Contents } from './databases.ts';

/** The tables that are kept under the version of an event’s catalogue. */
const TABLES = ['ticket_types', 'codes', 'fees', 'discounts', 'taxes', 'questions'] as const;

/**
 * The events whose catalogue is another one than before, as `<table> of <event>`,
 * and that say so by no new version.
 */
export function forgotten(before: Contents, after: Contents): string[] {
  const [then, now] = [rowsOf(before, 'events'), rowsOf(after, 'events')];
  const changed = new Set<string>();
  for (const table of TABLES) {
    for (const row of differing(rowsOf(before, table), rowsOf(after, table))) {
      // A tax has no event: it is one of all events of its organizer.
      for (const event of now.values()) {
        const isMeant =
          row.event_id === undefined
            ? row.organizer_id === event.organizer_id
            : row.event_id === event.id;
        if (isMeant) changed.add(`${table} of ${event.id}`);
      }
    }
  }
  for (const [id, event] of now) {
    if (then.has(id) && then.get(id)?.price_policy !== event.price_policy) {
      changed.add(`price_policy of ${id}`);
    }
  }
  return [...changed].filter((what) => {
    const id = what.replace(/^.* of /, '');
    return then.get(id)?.catalogue_version === now.get(id)?.catalogue_version;
  });
}

type Row = Readonly<Record<string, unknown>>;

function rowsOf(contents: Contents, table: string): Map<string, Row> {
  const rows = contents.get(table);
  if (rows === undefined) throw new Error(`There is no table ${table}.`);
  return new Map(
    rows.map((text) => {
      const row: Row = JSON.parse(text);
      return [String(row.id), row];
    }),
  );
}

/** Rows that are new, gone, or not the same any more. */
function differing(before: Map<string, Row>, after: Map<string, Row>): Row[] {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return [...ids].flatMap((id) => {
    const [then, now] = [before.get(id), after.get(id)];
    if (JSON.stringify(then) === JSON.stringify(now)) return [];
    return [now ?? then].filter((row) => row !== undefined);
  });
}

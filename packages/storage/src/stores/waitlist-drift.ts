import type { WaitlistDrift } from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Sql } from '../sql.ts';

interface Waited {
  readonly id: string;
  readonly waited: readonly string[];
}

const drifts = columnsOf<WaitlistDrift>({ id: 'text', wrong: 'text' });
const waited = columnsOf<Waited>({ id: 'text', waited: 'json' });
const types = columnsOf<{ eventId: string; ticketTypeId: string }>({
  eventId: 'text',
  ticketTypeId: 'text',
});

/** Where entries, what they wait for and their events disagree, for the doctor. */
export function waitlistDrift(
  dialect: Dialect,
  { entry, offer, wish }: { readonly entry: string; readonly offer: string; readonly wish: string },
): (sql: Sql) => Promise<WaitlistDrift[]> {
  const events = dialect.table('events');

  /** Where the types that an event says are waited for are not those that are. */
  async function wrongEvents(sql: Sql): Promise<WaitlistDrift[]> {
    const said = await sql.rows<Waited>(
      waited,
      `SELECT id, waited FROM ${events} WHERE CAST(waited AS TEXT) <> '[]'`,
      [],
    );
    const are = await sql.rows<{ eventId: string; ticketTypeId: string }>(
      types,
      `SELECT DISTINCT event_id, ticket_type_id FROM ${wish}`,
      [],
    );
    const claims = new Map(said.map(({ id, waited: own }) => [id, new Set(own)]));
    const facts = Map.groupBy(are, ({ eventId }) => eventId);
    const wrong: WaitlistDrift[] = [];
    for (const [id, own] of facts) {
      const all = own.every(({ ticketTypeId }) => claims.get(id)?.has(ticketTypeId));
      if (!all) wrong.push({ id, wrong: 'not_in_event' });
    }
    for (const [id, own] of claims) {
      if (own.size > (facts.get(id)?.length ?? 0)) wrong.push({ id, wrong: 'not_waited' });
    }
    return wrong;
  }

  return async (sql) => {
    const rows = await sql.rows<WaitlistDrift>(
      drifts,
      `SELECT e.id, 'no_wish' AS wrong FROM ${entry} AS e
         WHERE e.state = 'waiting'
           AND NOT EXISTS (SELECT 1 FROM ${wish} AS w WHERE w.entry_id = e.id AND w.event_id = e.event_id)
       UNION SELECT e.id, 'stray_wish' FROM ${wish} AS w JOIN ${entry} AS e
           ON e.id = w.entry_id AND e.event_id = w.event_id
         WHERE e.state <> 'waiting'
       UNION SELECT e.id, 'offers' FROM ${entry} AS e
         WHERE (e.state = 'offered') <> EXISTS (
           SELECT 1 FROM ${offer} AS o WHERE o.entry_id = e.id AND o.event_id = e.event_id AND o.state = 'open')
       ORDER BY id`,
      [],
    );
    return [...rows, ...(await wrongEvents(sql))];
  };
}

import { type Clock, createTicketi, type Ids, type Storage, sandboxProvider } from '@ticketi/core';
import { copyEvents } from './fill/copies.ts';
import { markedIds, markerOf } from './fill/marker.ts';
import { pastEvent } from './fill/past-event.ts';

/** The database below a storage, for statements that no port of Ticketi has. */
export interface FillDatabase {
  readonly dialect: 'postgres' | 'sqlite';
  /** What stands before a table's name: `ticketi.` on PostgreSQL, `ticketi_` on SQLite by default. */
  readonly tables: string;
  /** Runs a statement and gives its rows, if it has any. Each call may commit by itself. */
  query(statement: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

export interface FillOptions {
  /** How many tickets in all; rounded up to whole events. */
  readonly tickets: number;
  /** Places of each event, all of them sold. Default 1,000. */
  readonly ticketsPerEvent?: number;
  /** Organizers that the events belong to. Default 4, and never more than events. */
  readonly organizers?: number;
  /** Events that still have their outbox rows, as these are not kept for good. Default: one of 20. */
  readonly outboxOf?: number;
  /** Told now and then how many tickets there are. */
  readonly progress?: (tickets: number) => void;
}

export interface Filled {
  readonly events: number;
  readonly tickets: number;
  readonly organizerIds: readonly string[];
}

/** Long enough ago for the events to be over. */
const PAST = '2025-06-01T12:00:00.000Z';

/**
 * Fills a database with events that are over, for measuring at size. One event of each organizer is sold, resold and
 * scanned through the public operations; the others are copies of it, made by
 * set-based statements, with ids of their own. So the rows are those that
 * Ticketi writes, `doctor` is clean, and the ids sort by event as they would.
 *
 * @param storage migrated or not; it stays open
 * @param database the same database
 */
export async function fillTickets(
  storage: Storage,
  database: FillDatabase,
  options: FillOptions,
): Promise<Filled> {
  const { ticketsPerEvent = 1000, outboxOf = 20, progress } = options;
  const events = Math.ceil(options.tickets / ticketsPerEvent);
  const organizers = Math.min(options.organizers ?? 4, events);
  const organizerIds: string[] = [];
  const clock: Clock = { now: () => PAST };
  let made = 0;

  for (let number = 0; number < organizers; number += 1) {
    const marker = markerOf(number);
    const ids: Ids = markedIds(clock, marker);
    const payments = { sandbox: sandboxProvider() };
    const ticketi = await createTicketi({ storage, clock, ids, payments });
    const { eventId, organizerId } = await pastEvent(ticketi, { marker, places: ticketsPerEvent });
    organizerIds.push(organizerId);
    made += 1;
    const copies = Math.floor((events - number - 1) / organizers);
    await copyEvents(
      database,
      { eventId, marker, copies, number, outboxOf, ticketsPerEvent },
      (count) => {
        progress?.((made + count) * ticketsPerEvent);
      },
    );
    made += copies;
  }
  return { events: made, tickets: made * ticketsPerEvent, organizerIds };
}

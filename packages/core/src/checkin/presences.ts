import { OUTSIDE, type Presence } from './decide.ts';
import type { CheckinReads, CheckinWrites, PresenceRecord } from './store.ts';

/** Whose presence it is. */
interface Place {
  readonly organizerId: string;
  readonly eventId: string;
  readonly admissionId: string;
  readonly ticketTypeId: string;
}

/**
 * Where the places of a batch stand, as its scans change it one after another. Whoever uses it
 * has the valid tickets of the places locked, so nobody else changes them.
 */
export class Presences {
  readonly #rows = new Map<string, PresenceRecord>();
  readonly #changed = new Set<string>();

  /** Reads those of some places on a list (or on the event itself, where it has none). */
  async read(
    { presences }: Pick<CheckinReads, 'presences'>,
    eventId: string,
    listId: string,
    admissionIds: readonly string[],
  ): Promise<void> {
    if (admissionIds.length === 0) return;
    const rows = await presences.ofPlaces(eventId, listId, [...new Set(admissionIds)]);
    for (const row of rows) this.#rows.set(keyOf(row.listId, row.admissionId), row);
  }

  of(listId: string, admissionId: string): Presence {
    return this.#rows.get(keyOf(listId, admissionId)) ?? OUTSIDE;
  }

  set(place: Place, listId: string, next: Presence): void {
    const key = keyOf(listId, place.admissionId);
    const was = this.#rows.get(key);
    const { organizerId, eventId, admissionId, ticketTypeId } = place;
    const revision = this.#changed.has(key) ? (was?.revision ?? 1) : (was?.revision ?? 0) + 1;
    const { entries, inside, firstAt, firstGate, lastAt, lastGate, lastDay, leftAt } = next;
    this.#changed.add(key);
    this.#rows.set(key, {
      organizerId,
      eventId,
      listId,
      admissionId,
      ticketTypeId: was?.ticketTypeId ?? ticketTypeId,
      entries,
      inside,
      firstAt,
      firstGate,
      lastAt,
      lastGate,
      lastDay,
      leftAt,
      revision,
    });
  }

  /** Writes what changed, in one statement. */
  async write({ presences }: Pick<CheckinWrites, 'presences'>): Promise<void> {
    const rows = [...this.#changed].flatMap((key) => this.#rows.get(key) ?? []);
    if (rows.length > 0) await presences.put(rows);
  }
}

function keyOf(listId: string, admissionId: string): string {
  return `${listId} ${admissionId}`;
}

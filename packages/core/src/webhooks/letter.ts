import type { OutboxRecord } from './outbox.ts';

/** A fact as consumers get it. */
export interface Letter {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly timestamp: string;
  readonly organizerId: string | null;
  readonly eventId: string | null;
  readonly data: object;
}

export function letterOf(entry: OutboxRecord): Letter {
  const { id, type, version, at, organizerId, eventId, data } = entry;
  return { id, type, version, timestamp: at, organizerId, eventId, data };
}

/** What keeps its order: facts of an event, and those of an organizer that are of no event. */
export function queueOf({ eventId, organizerId }: Pick<OutboxRecord, 'eventId' | 'organizerId'>) {
  return eventId ?? organizerId ?? '';
}

import { systemOnly, write } from '../../kernel/index.ts';
import type { DeliveryRecord } from '../delivery.ts';
import { dueAgain } from '../due.ts';
import type { EndpointRecord } from '../endpoint.ts';
import type { OutboxRecord } from '../outbox.ts';
import { Done, pieces } from '../pieces.ts';

/** Deliveries made in one call, at most, but for those of a single fact. */
const ROWS = 2000;

export const enqueueWebhooks = write({
  name: 'webhooks.enqueue',
  summary: 'Makes a delivery of each numbered fact for each endpoint that wants it.',
  input: pieces(500),
  output: Done,
  allow: systemOnly,
  run: async ({ tx, ids, now }, { limit }) => {
    // Its lock lets one process enqueue at a time, so that no fact is passed over.
    const [cursor] = await tx.outbox.cursors.findForUpdate(['webhooks']);
    if (cursor === undefined) throw new Error('The outbox has no cursor of webhooks.');
    const entries = await tx.outbox.after(cursor.position, limit);
    if (entries.length === 0) return { done: 0 };
    const organizers = new Set(entries.flatMap(({ organizerId }) => organizerId ?? []));
    const enabled = await tx.webhooks.endpoints.enabledOf([...organizers]);
    // Locked: one that is being disabled is not given what would wait there for ever.
    const endpoints = await tx.webhooks.endpoints.findForUpdate(enabled.map(({ id }) => id));
    const rows: DeliveryRecord[] = [];
    let done = 0;
    let position = cursor.position;
    for (const entry of entries) {
      const wanting = endpoints.filter((endpoint) => wants(endpoint, entry));
      if (done > 0 && rows.length + wanting.length > ROWS) break;
      rows.push(...wanting.map((each) => deliveryOf(ids.next('whd'), each, entry, now)));
      done += 1;
      position = entry.sequence ?? position;
    }
    if (rows.length > 0) {
      await dueAgain(tx, [...new Set(rows.map(({ endpointId }) => endpointId))], now);
      await tx.webhooks.deliveries.enqueue(rows);
    }
    await tx.outbox.cursors.save({ ...cursor, position }, cursor);
    return { done };
  },
});

/** Whether an endpoint gets an entry: one of its organizer and types, no older than itself. */
function wants(endpoint: EndpointRecord, entry: OutboxRecord): boolean {
  return (
    endpoint.state === 'enabled' &&
    endpoint.organizerId === entry.organizerId &&
    endpoint.createdAt <= entry.at &&
    isOfType(endpoint, entry)
  );
}

export function isOfType({ types }: EndpointRecord, { type }: OutboxRecord): boolean {
  return types === null || types.includes(type);
}

export function deliveryOf(
  id: string,
  endpoint: EndpointRecord,
  entry: OutboxRecord,
  now: string,
): DeliveryRecord {
  return {
    id,
    organizerId: endpoint.organizerId,
    eventId: entry.eventId,
    endpointId: endpoint.id,
    outboxId: entry.id,
    sequence: entry.sequence ?? 0,
    type: entry.type,
    state: 'pending',
    attempts: 0,
    nextAttemptAt: now,
    attemptedAt: null,
    status: null,
    error: null,
    response: null,
    milliseconds: null,
    createdAt: now,
    revision: 1,
  };
}

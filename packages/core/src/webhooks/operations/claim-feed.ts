import * as z from 'zod';
import { Instant, idOf, plusSeconds, systemOnly, write } from '../../kernel/index.ts';
import { placeAt } from '../feed.ts';
import { FeedEvent } from '../feed-event.ts';
import { letterOf, queueOf } from '../letter.ts';
import type { CursorRecord } from '../outbox.ts';
import { Beginning, SubscriberName } from '../subscribers.ts';

/** How long a process has a subscriber's work to itself; it hands out facts for a part of it. */
const LEASE_SECONDS = 60;
/** Entries that failed before, tried again in one call. */
const WAITING = 500;

const Queued = z.object({ queue: z.string(), event: FeedEvent });

export const claimFeed = write({
  name: 'outbox.claim',
  summary: 'Takes the work of a durable subscriber, for a while and for one process alone.',
  input: z.strictObject({
    name: SubscriberName,
    from: Beginning.default('now'),
    limit: z.int().min(1).max(1000).default(100),
  }),
  output: z
    .object({
      leasedUntil: Instant.nullable().meta({ description: 'null: another process is at it.' }),
      position: z.int(),
      held: z.array(z.string()).meta({ description: 'Queues in which something failed or waits.' }),
      failures: z
        .array(Queued.extend({ failureId: idOf('obf') }))
        .meta({ description: 'What failed before, or waited behind it, and is due, in order.' }),
      events: z.array(Queued.extend({ sequence: z.int() })),
    })
    .meta({ id: 'ClaimedFeed' }),
  allow: systemOnly,
  run: async ({ tx, now }, { name, from, limit }) => {
    const id = `subscriber:${name}`;
    const none = { leasedUntil: null, position: 0, held: [], failures: [], events: [] };
    const was = (await locked()) ?? (await begin());
    if (was === undefined || (was.leasedUntil !== null && was.leasedUntil > now)) return none;
    const due = await tx.outbox.failures.due(name, now, WAITING);
    const entries = await tx.outbox.after(was.position, limit);
    if (due.length === 0 && entries.length === 0) return none;
    const leasedUntil = plusSeconds(now, LEASE_SECONDS);
    await tx.outbox.cursors.save({ ...was, leasedUntil }, was);
    const again = await tx.outbox.findMany(due.map(({ outboxId }) => outboxId));
    const byId = new Map(again.map((entry) => [entry.id, entry]));
    return {
      leasedUntil,
      position: was.position,
      held: await tx.outbox.failures.queues(name),
      failures: due.flatMap(({ id: failureId, outboxId, queue }) => {
        const entry = byId.get(outboxId);
        return entry === undefined ? [] : [{ failureId, queue, event: eventOf(entry) }];
      }),
      events: entries.map((entry) => ({
        queue: queueOf(entry),
        sequence: entry.sequence ?? 0,
        event: eventOf(entry),
      })),
    };

    async function locked(): Promise<CursorRecord | undefined> {
      const [cursor] = await tx.outbox.cursors.findForUpdate([id]);
      return cursor;
    }

    /** Two processes may begin at once: one cursor comes of it, where the first began. */
    async function begin(): Promise<CursorRecord | undefined> {
      const position = from === 'start' ? 0 : await placeAt(tx, from);
      await tx.outbox.cursors.begin({ id, position, leasedUntil: null, revision: 1 });
      return locked();
    }
  },
});

function eventOf(entry: Parameters<typeof letterOf>[0]): z.output<typeof FeedEvent> {
  return { ...letterOf(entry), data: { ...entry.data } };
}

import * as z from 'zod';
import { Instant, idOf, plusSeconds, storableText, systemOnly, write } from '../../kernel/index.ts';
import type { FailureRecord } from '../outbox.ts';
import { Done } from '../pieces.ts';
import { SubscriberName } from '../subscribers.ts';

/** How long after each failure a handler is asked again, in seconds; after the last it is parked. */
const WAITS = [5, 30, 120, 600, 1800, 3600, 7200] as const;

export const recordFeed = write({
  name: 'outbox.record',
  summary:
    'Takes in how the handlers of a durable subscriber fared, and gives its work free again.',
  input: z.strictObject({
    name: SubscriberName,
    leasedUntil: Instant,
    claimed: z.int().min(0).meta({ description: 'The position that was claimed.' }),
    position: z.int().min(0),
    handled: z.array(idOf('obf')),
    failed: z.array(z.strictObject({ failureId: idOf('obf'), error: z.string() })),
    fresh: z.array(
      z.strictObject({
        outboxId: idOf('obx'),
        queue: z.string(),
        error: z.string().nullable().meta({ description: 'null: it waits behind another.' }),
      }),
    ),
  }),
  output: Done,
  allow: systemOnly,
  run: async ({ tx, ids, now }, outcome) => {
    const { name, claimed, position, handled, failed, fresh } = outcome;
    const [was] = await tx.outbox.cursors.findForUpdate([`subscriber:${name}`]);
    if (was === undefined) return { done: 0 };
    // Not the lease of somebody who came after it had run out.
    const leasedUntil = was.leasedUntil === outcome.leasedUntil ? null : was.leasedUntil;
    // Whoever records first has handled it, however long that took; the others did so too.
    if (was.position !== claimed) {
      if (leasedUntil === was.leasedUntil) return { done: 0 };
      await tx.outbox.cursors.save({ ...was, leasedUntil }, was);
      return { done: 0 };
    }
    await tx.outbox.failures.remove(handled);
    const errors = new Map(failed.map(({ failureId, error }) => [failureId, error]));
    for (const failure of await tx.outbox.failures.findForUpdate([...errors.keys()])) {
      const next = failedAgain(failure, errors.get(failure.id) ?? '', now);
      await tx.outbox.failures.save(next, failure);
    }
    const entries = await tx.outbox.findMany(fresh.map(({ outboxId }) => outboxId));
    const sequences = new Map(entries.map(({ id, sequence }) => [id, sequence]));
    const rows = fresh.map(({ outboxId, queue, error }): FailureRecord => {
      const first: FailureRecord = {
        id: ids.next('obf'),
        subscriber: name,
        outboxId,
        sequence: sequences.get(outboxId) ?? 0,
        queue,
        attempts: 0,
        nextAttemptAt: now,
        error: null,
        parkedAt: null,
        createdAt: now,
        revision: 1,
      };
      return error === null ? first : failedAgain(first, error, now);
    });
    if (rows.length > 0) await tx.outbox.failures.insert(rows);
    await tx.outbox.cursors.save({ ...was, position, leasedUntil }, was);
    return { done: handled.length + failed.length + position - was.position };
  },
});

function failedAgain(failure: FailureRecord, error: string, now: Instant): FailureRecord {
  const wait = WAITS[failure.attempts];
  return {
    ...failure,
    attempts: failure.attempts + 1,
    error: storableText(error, 1000),
    nextAttemptAt: wait === undefined ? null : plusSeconds(now, wait),
    parkedAt: wait === undefined ? now : null,
  };
}

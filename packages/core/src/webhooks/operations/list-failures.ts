import * as z from 'zod';
import {
  Instant,
  idOf,
  isRefusal,
  pageInput,
  pageOf,
  pageRequest,
  read,
  systemOnly,
} from '../../kernel/index.ts';

const OutboxFailure = z
  .object({
    id: idOf('obf'),
    subscriber: z.string(),
    outboxId: idOf('obx'),
    attempts: z.int(),
    nextAttemptAt: Instant.nullable(),
    error: z.string().nullable().meta({ description: 'null: it waits behind another one.' }),
    parkedAt: Instant.nullable().meta({ description: 'When it was given up.' }),
  })
  .meta({
    id: 'OutboxFailure',
    description: 'A fact that a durable subscriber has yet to handle.',
  });

export const listFailures = read({
  name: 'outbox.failures',
  summary: 'Facts that durable subscribers could not handle: tried again, or parked.',
  input: z.strictObject({ subscriber: z.string().min(1).max(100).optional(), ...pageInput }),
  output: pageOf(OutboxFailure, 'OutboxFailurePage'),
  allow: systemOnly,
  run: async ({ tx }, { subscriber, ...input }) => {
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    const { items, nextCursor } = await tx.outbox.failures.list({ subscriber }, page);
    return {
      items: items.map(({ id, outboxId, attempts, nextAttemptAt, error, parkedAt, ...own }) => ({
        id,
        subscriber: own.subscriber,
        outboxId,
        attempts,
        nextAttemptAt,
        error,
        parkedAt,
      })),
      nextCursor,
    };
  },
});

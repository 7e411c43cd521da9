import * as z from 'zod';
import { systemOnly, write } from '../../kernel/index.ts';

export const sweepAnswers = write({
  name: 'idempotency.sweep',
  summary:
    'Deletes kept answers whose idempotency keys have expired, and leases that have lapsed. Nobody waits for it.',
  input: z.strictObject({ limit: z.int().min(1).max(10_000).default(1000) }),
  output: z
    .object({ done: z.int().meta({ description: 'How many are gone; 0 when none was due.' }) })
    .meta({ id: 'SweptAnswers' }),
  allow: systemOnly,
  run: async ({ tx, now }, { limit }) => {
    const answers = await tx.idempotency.sweep(now, limit);
    return { done: answers + (await tx.leases.sweep(now, limit - answers)) };
  },
});

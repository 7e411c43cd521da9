import * as z from 'zod';
import { systemOnly, write } from '../../kernel/index.ts';
import { Done } from '../pieces.ts';

export const retryParked = write({
  name: 'outbox.retryParked',
  summary: 'Hands a durable subscriber once more what was parked.',
  input: z.strictObject({ subscriber: z.string().min(1).max(100) }),
  output: Done,
  allow: systemOnly,
  run: async ({ tx, now }, { subscriber }) => ({
    done: await tx.outbox.failures.unpark(subscriber, now),
  }),
});

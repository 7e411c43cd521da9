import * as z from 'zod';
import { systemOnly, write } from '../../kernel/index.ts';
import { saveClosed } from '../close.ts';
import { expireTransfer } from '../transitions.ts';

export const expireTransfers = write({
  name: 'transfers.expire',
  summary:
    'Writes down which offers have expired. Readers, and whoever accepts, do not wait for it.',
  input: z.strictObject({ limit: z.int().min(1).max(1000).default(100) }),
  output: z.object({ expired: z.int() }).meta({ id: 'ExpiredTransfers' }),
  allow: systemOnly,
  run: async (context, { limit }) => {
    const { tx, now } = context;
    const overdue = await tx.transfers.transfers.overdue(now, limit);
    const found = await tx.transfers.transfers.findForUpdate(overdue.map(({ id }) => id));
    let expired = 0;
    for (const was of found) {
      const next = expireTransfer(was, now);
      if (next === undefined) continue;
      await saveClosed(context, next, was);
      expired += 1;
    }
    return { expired };
  },
});

import { plusMinutes, systemOnly, write } from '../../kernel/index.ts';
import { Done, pieces } from '../pieces.ts';

export const sweepOutbox = write({
  name: 'outbox.sweep',
  summary:
    'Deletes facts that are older than the outbox keeps them and that every consumer has, with what was noted of their deliveries. The audit stays.',
  input: pieces(1000),
  output: Done,
  allow: systemOnly,
  run: async ({ tx, now, settings }, { limit }) => {
    const { items } = await tx.outbox.cursors.list({}, { limit: 1000, after: undefined });
    const upTo = Math.min(...items.map(({ position }) => position));
    const before = plusMinutes(now, -settings.outboxDays * 24 * 60);
    return { done: await tx.outbox.sweep(upTo, before, limit) };
  },
});
